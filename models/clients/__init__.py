"""To whom we sell: candidates, clients and suppliers, their people, addresses and bank accounts."""
