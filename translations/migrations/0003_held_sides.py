from django.db import migrations


def into_drafts(apps, schema_editor):
    """The text of a side that was taken back becomes that side's draft.

    The rest of what is known of the side is filled in by `check_sides --repair`, which `prepare`
    runs after every migration.
    """
    Side = apps.get_model("translations", "Side")
    for held in apps.get_model("translations", "HeldSide").objects.all():
        rows, taken = {}, {}
        for item, texts in held.texts.items():
            for column, text in texts.items():
                field = column[: -len(held.language) - 1]
                if field == "slug":
                    taken[column] = text
                else:
                    rows[f"{item}:{field}"] = [
                        {
                            "key": f"held-{len(rows)}",
                            "source": [],
                            "text": text,
                            "within": [],
                            "continues": 0,
                            "omitted": False,
                            "others": [],
                        }
                    ]
        Side.objects.create(
            content_type_id=held.content_type_id,
            object_id=held.object_id,
            language=held.language,
            source_language="",
            has_draft=True,
            draft={
                "saw": "",
                "parent": {},
                # The texts that were HTML then; no others.
                "rich": [key for key in rows if key.endswith((":body", ":answer"))],
                "rows": rows,
                "withdrawn": taken,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("translations", "0002_desk")]

    operations = [
        migrations.RunPython(into_drafts, migrations.RunPython.noop),
        migrations.DeleteModel(name="HeldSide"),
    ]
