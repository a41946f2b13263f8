"""The queues of upkeep that know models, figures and citations; `editorial.upkeep` says what a queue is."""

from catalog.upkeep.claims import CLAIMS
from catalog.upkeep.names import NAMES
from catalog.upkeep.offers import OFFERS
from catalog.upkeep.parents import PARENTS
from catalog.upkeep.soft import SOFT
from catalog.upkeep.stale import STALE
from catalog.upkeep.uncited import UNCITED

__all__ = ["CLAIMS", "NAMES", "OFFERS", "PARENTS", "SOFT", "STALE", "UNCITED"]
