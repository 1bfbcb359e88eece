"""Make the tables of campaigns, interactions, changes of status, reminders and files. Its models are frozen."""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
    class Operator(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "operator"

    class Vendor(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "vendor"

    class Client(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "client"

    class Person(pw.Model):
        id = pw.IntegerField(primary_key=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "person"

    class Campaign(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        name = pw.TextField()
        folded = pw.TextField(unique=True)
        kind = pw.TextField(default="own")
        vendor = pw.ForeignKeyField(Vendor, null=True, on_delete="RESTRICT")
        start = pw.DateField(null=True)
        end = pw.DateField(null=True)
        discount = pw.BigIntegerField(default=0)
        planned_budget = pw.BigIntegerField(default=0)
        state = pw.TextField(default="planned")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "campaign"

    db.create_tables([Campaign])

    class Interaction(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="RESTRICT")
        person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
        kind = pw.TextField(default="call")
        direction = pw.TextField(default="out")
        state = pw.TextField(default="done")
        moment = pw.DateTimeField()
        minutes = pw.IntegerField(default=0)
        subject = pw.TextField()
        outcome = pw.TextField(default="")
        next_step = pw.TextField(default="")
        campaign = pw.ForeignKeyField(Campaign, null=True, on_delete="RESTRICT")
        operator = pw.ForeignKeyField(Operator, on_delete="RESTRICT")
        about_kind = pw.TextField(default="")
        about_id = pw.IntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "interaction"
            indexes = (
                (("moment", "id"), False),
                (("client", "moment", "id"), False),
                (("state", "moment", "id"), False),
                (("operator", "state", "moment"), False),
                (("about_kind", "about_id"), False),
            )

    db.create_tables([Interaction])

    class StatusChange(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        before = pw.TextField(default="")
        after = pw.TextField()
        moment = pw.DateTimeField()
        operator = pw.ForeignKeyField(Operator, null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "status_change"
            indexes = ((("client", "moment"), False), (("after", "moment"), False))

    db.create_tables([StatusChange])

    class Reminder(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        due = pw.DateTimeField()
        wakes = pw.DateTimeField()
        text = pw.TextField()
        operator = pw.ForeignKeyField(Operator, on_delete="RESTRICT")
        state = pw.TextField(default="open")
        about_kind = pw.TextField(default="")
        about_id = pw.IntegerField(null=True)
        done_at = pw.DateTimeField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "reminder"
            indexes = (
                (("operator", "state", "wakes"), False),
                (("due", "id"), False),
                (("state", "due", "id"), False),
                (("about_kind", "about_id"), False),
            )

    db.create_tables([Reminder])

    class StoredContent(pw.Model):
        id = pw.IntegerField(primary_key=True)
        sha256 = pw.TextField(unique=True)
        size = pw.IntegerField()
        compressed = pw.BlobField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "stored_content"

    db.create_tables([StoredContent])

    class AttachedFile(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        about_kind = pw.TextField()
        about_id = pw.IntegerField()
        name = pw.TextField()
        content_type = pw.TextField(default="")
        size = pw.IntegerField()
        sha256 = pw.TextField(index=True)
        operator = pw.ForeignKeyField(Operator, on_delete="RESTRICT")
        note = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "attached_file"
            indexes = ((("about_kind", "about_id", "id"), False),)

    db.create_tables([AttachedFile])


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    for table in (
        "attached_file",
        "stored_content",
        "reminder",
        "status_change",
        "interaction",
        "campaign",
    ):
        migrator.migrate(migrator.drop_table(table))
