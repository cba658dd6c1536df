"""The steps of `manage.py factsheet`, each mapped to one action or reading."""
