"""Words that mean the same, to begin with; every site may change them."""

from typing import Any

from django.db import migrations

GROUPS = {
    "低保": "最低生活保障",
    "社保": "社会保险",
    "医保": "医疗保险、医疗保障",
    "公租房": "公共租赁住房",
    "法援": "法律援助",
    "年报": "年度报告",
    "征地": "土地征收",
    "拆迁": "房屋征收",
    "招考": "公开招聘、招录",
    "红头文件": "规范性文件",
}


def put_in(apps: Any, schema_editor: Any) -> None:
    Word = apps.get_model("dictionaries", "Word")
    for n, (word, note) in enumerate(GROUPS.items(), 1):
        Word.objects.get_or_create(
            kind="synonym", word=word, defaults={"order": n * 10, "note": note}
        )


class Migration(migrations.Migration):
    dependencies = [("dictionaries", "0005_synonyms")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop, elidable=False)]
