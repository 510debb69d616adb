"""The right word in a field of its own, and the names of organs that the reforms of 2018 and 2023 ended."""

from typing import Any

from django.db import migrations

ORGANS = {
    "国家工商行政管理总局": "国家市场监督管理总局",
    "国家质量监督检验检疫总局": "国家市场监督管理总局",
    "国家食品药品监督管理总局": "国家市场监督管理总局",
    "国家卫生和计划生育委员会": "国家卫生健康委员会",
    "国家安全生产监督管理总局": "应急管理部",
    "国家新闻出版广电总局": "国家广播电视总局",
    "国务院法制办公室": "司法部",
    "环境保护部": "生态环境部",
    "国土资源部": "自然资源部",
    "银保监会": "国家金融监督管理总局",
}


def put_in(apps: Any, schema_editor: Any) -> None:
    Word = apps.get_model("dictionaries", "Word")
    for word in Word.objects.filter(kind="slip", instead=""):
        if word.note.startswith("应当写“") and word.note.endswith("”。"):
            word.instead, word.note = word.note[4:-2], ""
            word.save()
    for n, (old, new) in enumerate(ORGANS.items(), 1):
        note = "机构改革前的名称；写历史事项时可以用。"
        Word.objects.get_or_create(
            kind="slip", word=old, defaults={"order": 200 + n, "instead": new, "note": note}
        )


class Migration(migrations.Migration):
    dependencies = [("dictionaries", "0003_slips_with_the_right_word")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop, elidable=False)]
