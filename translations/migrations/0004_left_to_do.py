import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def as_readers_wait(apps, schema_editor):
    """Of sides without a draft, that is what is left. The others are put right by
    `check_sides --repair`, which `prepare` runs after every migration.
    """
    apps.get_model("translations", "Side").objects.update(words_to_do=F("words_left"))


def person():
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


def author():
    return models.ForeignKey(
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("translations", "0003_held_sides"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("side", "words_to_do", models.PositiveIntegerField(default=0)),
        migrations.AddField("side", "sent_back_at", models.DateTimeField(null=True)),
        migrations.AddField("side", "sent_back_by", person()),
        migrations.AddField("concept", "added_by", author()),
        migrations.AddField("term", "added_by", author()),
        migrations.RunPython(as_readers_wait, migrations.RunPython.noop),
    ]
