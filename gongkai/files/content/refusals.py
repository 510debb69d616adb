"""Why a file is not taken, in words that say what to do instead."""

from __future__ import annotations


class NotTaken(Exception):
    """The file is not taken; the message is for the person who offered it. `reason` is a short word for the trail."""

    def __init__(self, message: str, reason: str = "type") -> None:
        super().__init__(message)
        self.reason = reason


class Marked(NotTaken):
    """The file bears a secrecy mark: `mark` as it stands there, `where` in words."""

    def __init__(self, mark: str, where: str) -> None:
        mark = " ".join(mark.split())
        super().__init__(
            f"没有保存这个文件：{where}有“{mark}”标志。本平台不是涉密系统，不能存放国家秘密。"
            "请立即停止上传，不要再用联网的电脑打开它，并报告本机关保密工作机构；"
            "已经解密的，请按保密规定去掉标志后再上传。",
            "secrecy",
        )
        self.mark, self.where = mark, where


EMPTY = "文件是空的，请重新下载或者导出后再上传。"
DAMAGED = "文件已损坏或者不完整，打不开。请用原来的软件打开看一看，另存一份后再上传。"
ENCRYPTED = "文件加了密码，打不开。请先去掉密码（另存一份不加密的文件），再上传。"
MACROS = "文件里带有宏（程序）。请用 Word、Excel 或者 WPS 另存为不带宏的 .docx、.xlsx 或者 PDF，再上传。"
BOMB = "文件解压后大得不正常，出于安全没有接收。请向来源单位核实，或者用原来的软件重新保存后再上传。"
UNSAFE = "文件里夹带了不该有的定义（DOCTYPE），出于安全没有接收。请用 Word 或者 WPS 重新保存后再上传。"
TWO_IN_ONE = "文件里还夹带着别的内容，出于安全没有接收。请用看图软件或者原来的软件打开，另存一份后再上传。"
NESTED = "压缩包里还有压缩包，没法检查里面的内容。请先解开，把文件直接放进一个压缩包，或者一个一个上传。"
BAD_PATHS = "压缩包里的文件路径不正常，出于安全没有接收。请解开后重新压缩，再上传。"
NO_TEXT = "文字文件里有无法识别的字符。请用记事本打开，另存为 UTF-8 编码的文本文件，再上传。"
