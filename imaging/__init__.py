"""Untrusted pictures: read right, set upright, in sRGB; and decoded in a process apart.

Whoever shows, stores or sends a picture reads it through :mod:`imaging.reading`, so that colour
profiles, turned cameras and deep greys come out the same everywhere. The sandbox's scripts use it
directly; processes that hold keys use :mod:`imaging.apart`.
"""
