"""A copy of the public site as files, which any web server serves at the same addresses.

addresses   what belongs into it: read from the site map
rendering   an address becomes a file
folder      the files take the place of an earlier copy at once
making      all of it, in several processes
"""
