"""A bare Textual application that shows an empty screen."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
