"""The words to begin with; every site may change them."""

from typing import Any

from django.db import migrations

WORDS: dict[str, list[str | tuple[str, str]]] = {
    "way": ["主动公开", "依申请公开", "不予公开"],
    "carrier": ["纸质文件", "电子文件", "照片", "录音", "录像", "图纸", "数据表"],
    "service": ["当面送达", "邮寄送达", "电子送达", "委托送达", "公告送达"],
    "form": ["纸质", "电子文档", "光盘"],
    "obtaining": ["自行领取", "邮寄", "快递", "电子邮件", "传真", "当场阅读、抄录"],
    "task": ["查找信息", "提供材料", "核对数据", "提出意见", "整改问题", "其他"],
    "slip": [
        ("布署", "部署"),
        ("截止目前", "截至目前"),
        ("既使", "即使"),
        ("再接再励", "再接再厉"),
        ("按步就班", "按部就班"),
        ("帐户", "账户"),
        ("座落于", "坐落于"),
    ],
}


def put_in(apps: Any, schema_editor: Any) -> None:
    Word = apps.get_model("dictionaries", "Word")
    for kind, words in WORDS.items():
        for n, given in enumerate(words, 1):
            text, right = given if isinstance(given, tuple) else (given, "")
            note = f"应当写“{right}”。" if right else ""
            Word.objects.get_or_create(
                kind=kind, word=text, defaults={"order": n * 10, "note": note}
            )


class Migration(migrations.Migration):
    dependencies = [("dictionaries", "0001_initial")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop, elidable=False)]
