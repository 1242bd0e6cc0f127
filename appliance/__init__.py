"""Nano Appliance: Core, Cell and FrontEnd in one program."""

__version__ = "0.1.0"
