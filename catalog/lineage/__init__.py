"""What came before what: version lines, and the graph of what was made from what.

`lines` knows the versions of a family; `graph` reads derivations, `layout` places them, `drawing` and `tree` show them
as a picture and as a list; `relation` says how two models are related.
"""
