"""Make the tables of the mail archive and the index of its words. Its models are frozen.

SQLite: FTS5 without the text and without places of words. PostgreSQL: tsvector with a GIN index.
"""

import peewee as pw
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: pw.Database) -> None:
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

    class Message(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        sha256 = pw.TextField(unique=True)
        size = pw.IntegerField()
        message_id = pw.TextField(default="", index=True)
        thread = pw.IntegerField(default=0)
        moment = pw.DateTimeField(null=True)
        direction = pw.TextField(default="in")
        subject = pw.TextField(default="")
        sender_name = pw.TextField(default="")
        sender_address = pw.TextField(default="", index=True)
        recipients = pw.TextField(default="")
        client = pw.ForeignKeyField(Client, null=True, on_delete="RESTRICT", index=False)
        person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
        filed_by = pw.TextField(default="")
        state = pw.TextField(default="whole")
        defects = pw.TextField(default="")
        attachments = pw.IntegerField(default=0)
        preview = pw.TextField(default="")
        source = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "message"
            indexes = (
                (("client", "moment", "id"), False),
                (("filed_by", "moment", "id"), False),
                (("moment", "id"), False),
                (("thread", "moment"), False),
            )

    db.create_tables([Message])

    class WaitingOriginal(pw.Model):
        id = pw.IntegerField(primary_key=True)
        sha256 = pw.TextField(unique=True)
        size = pw.IntegerField()
        source = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "waiting_original"

    db.create_tables([WaitingOriginal])

    class MessageAddress(pw.Model):
        id = pw.IntegerField(primary_key=True)
        message = pw.ForeignKeyField(Message, on_delete="CASCADE")
        role = pw.TextField()
        address = pw.TextField()
        name = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "message_address"
            indexes = ((("address", "message"), False),)

    db.create_tables([MessageAddress])

    class MessageReference(pw.Model):
        id = pw.IntegerField(primary_key=True)
        message = pw.ForeignKeyField(Message, on_delete="CASCADE")
        reference = pw.TextField(index=True)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "message_reference"

    db.create_tables([MessageReference])

    class MessagePart(pw.Model):
        id = pw.IntegerField(primary_key=True)
        message = pw.ForeignKeyField(Message, on_delete="CASCADE")
        position = pw.IntegerField()
        kind = pw.TextField(default="attachment")
        name = pw.TextField()
        shown_name = pw.TextField(default="")
        content_type = pw.TextField(default="")
        charset = pw.TextField(default="")
        size = pw.IntegerField(default=0)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "message_part"

    db.create_tables([MessagePart])

    class MessageText(pw.Model):
        message = pw.ForeignKeyField(Message, primary_key=True, on_delete="CASCADE")
        compressed = pw.BlobField()
        links = pw.TextField(default="")
        headers = pw.TextField(default="")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "message_text"

    db.create_tables([MessageText])

    class LearnedAddress(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        address = pw.TextField(unique=True)
        is_domain = pw.BooleanField(default=False)
        client = pw.ForeignKeyField(Client, on_delete="CASCADE")
        person = pw.ForeignKeyField(Person, null=True, on_delete="CASCADE")

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "learned_address"

    db.create_tables([LearnedAddress])

    class MailFolder(pw.Model):
        id = pw.IntegerField(primary_key=True)
        version = pw.IntegerField(default=1)
        created = pw.DateTimeField()
        updated = pw.DateTimeField()
        account = pw.TextField()
        folder = pw.TextField()
        uidvalidity = pw.BigIntegerField()
        last_uid = pw.BigIntegerField(default=0)

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "mail_folder"
            indexes = ((("account", "folder"), True),)

    db.create_tables([MailFolder])
    if isinstance(db, pw.SqliteDatabase):
        db.execute_sql(
            "CREATE VIRTUAL TABLE words_message USING fts5("
            "words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        db.execute_sql("CREATE TABLE words_message (rowid BIGINT PRIMARY KEY, words tsvector NOT NULL)")
        db.execute_sql("CREATE INDEX words_message_words ON words_message USING gin (words)")


def down(migrator: SchemaMigrator, db: pw.Database) -> None:
    db.execute_sql("DROP TABLE words_message")
    for table in (
        "mail_folder",
        "learned_address",
        "message_text",
        "message_part",
        "message_reference",
        "message_address",
        "waiting_original",
        "message",
    ):
        migrator.migrate(migrator.drop_table(table))
