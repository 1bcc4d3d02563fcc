"""The portal's own pages in the admin, a module for each."""

from fronts.admin import absence, identity, readership

__all__ = ["absence", "identity", "readership"]
