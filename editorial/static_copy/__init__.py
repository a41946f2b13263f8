"""A copy of the public site as files, which any web server serves at the same addresses.

addresses   what belongs into it: read from the site map
rendering   an address becomes a file
making      all of it, in several processes
"""
