"""mahnakte: Forderungsmanagement auf einfachen Fallordnern. Aufbau: docs/aufbau.md."""

__version__ = "0.1.0"
