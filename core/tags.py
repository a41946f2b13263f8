"""Tags that fixtures carry: `"tags": ["efficiency", "fp8"]` on the record itself."""

from taggit.managers import TaggableManager, _TaggableManager


class TagManager(_TaggableManager):
    """taggit's manager under the names that Django's own relations use."""

    def set_base(self, objs, **kwargs):
        """What Django's deserializer calls from 6.1 on."""
        self.set(objs, **kwargs)


class Tags(TaggableManager):
    """taggit's field, but serialized: stock taggit leaves tags to records of their own and loses them."""

    def __init__(self, *args, manager=TagManager, **kwargs):
        # taggit lists them in the order in which they came, which is another one in the next database.
        super().__init__(*args, manager=manager, **{"ordering": ["name"], **kwargs})
        self.serialize = True

    def deconstruct(self):
        # taggit takes its own serialize=False out of the arguments and needs to find it there.
        self.serialize = False
        try:
            return super().deconstruct()
        finally:
            self.serialize = True
