"""Finding products and vendors by what tables call them: a code, an alias, a name."""

from __future__ import annotations

from models.base import tuples
from models.catalogue.tables import Product, ProductAlias, Vendor
from models.errors import RuleBroken
from models.language import _
from models.text import fold


class ProductDirectory:
    """All products in memory: a dealer's catalogue has thousands, and an import asks for each many times."""

    def __init__(self) -> None:
        self._loaded = False
        self._by_code: dict[str, Product] = {}
        self._by_alias: dict[str, Product] = {}
        self._by_name: dict[str, list[Product]] = {}
        self._found: dict[tuple[str, str], Product] = {}

    def forget(self) -> None:
        """Read the catalogue again when it is next asked."""
        self._loaded = False

    def with_code(self, code: str) -> Product | None:
        """The product of a code, or of an alias that is written so."""
        self._load()
        folded = fold(code)
        return self._by_code.get(folded) or self._by_alias.get(folded)

    def named(self, name: str) -> list[Product]:
        """The product that has the name as an alias, else all of that name."""
        self._load()
        folded = fold(name)
        alias = self._by_alias.get(folded)
        return [alias] if alias else self._by_name.get(folded, [])

    def find(self, code: str, name: str) -> Product:
        """The product of a code or alias, else of a name; raises ``RuleBroken`` when there is none, or several."""
        found = self._found.get((code, name)) if self._loaded else None
        if found is None:
            found = self._found[code, name] = self._find(code, name)
        return found

    def _find(self, code: str, name: str) -> Product:
        by_code = (self.with_code(code) if code else None) or (self.with_code(name) if name else None)
        if by_code is not None:
            return by_code
        candidates = self.named(name) if name else []
        if len(candidates) == 1:
            return candidates[0]
        field, called = ("product", name) if name else ("product_code", code)
        if not candidates:
            raise RuleBroken(
                field,
                _("There is no product “{name}”.").format(name=called),
                _("Import the products first, or give this spelling to one of them as an alias."),
            )
        raise RuleBroken(
            field,
            _("Several products are named “{name}”: {codes}.").format(
                name=called, codes=", ".join(product.code for product in candidates[:5])
            ),
            _("Give the product's code."),
        )

    def _load(self) -> None:
        if self._loaded:
            return
        products = {product.id: product for product in Product.select()}
        self._by_code = {product.code_folded: product for product in products.values()}
        aliases = tuples(ProductAlias.select(ProductAlias.folded, ProductAlias.product))
        self._by_alias = {folded: products[product_id] for folded, product_id in aliases}
        self._by_name, self._found = {}, {}
        for product in products.values():
            self._by_name.setdefault(fold(product.name), []).append(product)
        self._loaded = True


class VendorDirectory:
    """All vendors in memory, by folded name."""

    def __init__(self) -> None:
        self._ids: dict[str, int] | None = None

    def forget(self) -> None:
        """Read the vendors again when they are next asked."""
        self._ids = None

    def id_of(self, name: str) -> int | None:
        """The id of the vendor of a name; None where there is none yet."""
        if self._ids is None:
            self._ids = dict(tuples(Vendor.select(Vendor.folded, Vendor.id)))
        return self._ids.get(fold(name))
