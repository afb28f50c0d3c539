"""Tables for Chinese text: simplified forms and toneless readings.

Only the data files of opencc and pypinyin are read, one table each: their
programs would load 2.5 MB of phrases that a single character never asks for.
"""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from functools import cache
from pathlib import Path

_HAN = range(0x3400, 0xA000)

# Characters that goods and brands use with more than one reading, the commonest
# first. Every other character is filed under its first reading only.
_POLYPHONES = (
    "乐le/yue 重zhong/chong 长chang/zhang 行xing/hang 茄qie/jia 参shen/can 薄bo/bao "
    "便bian/pian 壳ke/qiao 调tiao/diao 和he/huo 蛤ge/ha 盛sheng/cheng 色se/shai "
    "血xue/xie 仔zi/zai 奇qi/ji 芥jie/gai 藏cang/zang 弹dan/tan 大da/dai 单dan/shan "
    "绿lv/lu 露lu/lou 蔓man/wan 炮pao/bao 屏ping/bing 曲qu/qv 雀que/qiao 鲜xian "
    "降jiang/xiang 炸zha 粘zhan/nian 着zhe/zhuo 朝chao/zhao 厦sha/xia 蚌bang/beng "
    "剥bo/bao 削xiao/xue 角jiao/jue 嚼jiao/jue 咖ka/ga 卡ka/qia 呗bei/bai 柏bai/bo "
    "曾ceng/zeng 查cha/zha 车che/ju 传chuan/zhuan 都dou/du 囤tun/dun 番fan/pan "
    "佛fo/fu 脯pu/fu 给gei/ji 骨gu 谷gu/yu 冠guan 龟gui/jun 还hai/huan 核he/hu "
    "荷he 会hui/kuai 豁huo 系xi/ji 济ji 贾jia/gu 见jian/xian 缴jiao/zhuo 校xiao/jiao "
    "解jie/xie 劲jin/jing 酪lao/luo 烙lao/luo 率lv/shuai 落luo/la 绿lv/lu 麦mai "
    "脉mai/mo 没mei/mo 秘mi/bi 模mo/mu 娜na/nuo 泡pao 泊bo/po 朴pu/piao 瀑pu/bao "
    "铅qian/yan 强qiang/jiang 翘qiao 亲qin/qing 塞sai/se 莎suo/sha 沙sha 杉shan/sha "
    "扇shan 蛇she/yi 什shen/shi 省sheng/xing 石shi/dan 属shu/zhu 数shu 宿su/xiu "
    "提ti/di 拓tuo/ta 尾wei/yi 吓xia/he 相xiang 巷xiang/hang 叶ye/xie 页ye 椰ye "
    "遗yi/wei 艾ai/yi 饮yin 约yue/yao 乐le/yue 钥yao/yue 晕yun 载zai 扎zha/za "
    "轧zha/ya 召zhao/shao 折zhe/she 殖zhi/shi 种zhong/chong 粥zhou/yu 幢zhuang/chuang "
    "子zi 女nv/nu 驴lv/lu 铝lv/lu 律lv/lu 旅lv/lu 吕lv/lu 略lve/lue 虐nve/nue"
)


@cache
def _to_simplified() -> dict[int, str]:
    """Return traditional code point -> simplified character (OpenCC t2s)."""
    table = _package("opencc") / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text("utf-8").splitlines() if line)
    return {ord(left): right.split(" ")[0] for left, right in pairs}


def simplify(text: str) -> str:
    """Return `text` with every traditional character in its simplified form."""
    return text if text.isascii() else text.translate(_to_simplified())


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    table = _package("pypinyin") / "pinyin_dict.json"
    found = json.loads(table.read_text("utf-8"))
    readings: dict[str, tuple[str, ...]] = {
        chr(int(code)): (toneless(marked.split(",")[0]),)
        for code, marked in found.items()
        if int(code) in _HAN
    }
    for entry in _POLYPHONES.split():
        readings[entry[0]] = tuple(entry[1:].split("/"))
    return readings


def readings(char: str) -> tuple[str, ...]:
    """Return the toneless readings of one simplified character; () when none."""
    return _readings().get(char, ())


def toneless(marked: str) -> str:
    """Take the tone marks off: lǜ -> lv, as every keyboard of the trade types it."""
    apart = unicodedata.normalize("NFD", marked).replace("u\u0308", "v")
    return "".join(c for c in apart if c.isascii())


def _package(name: str) -> Path:
    """Return the folder of an installed package without running it."""
    spec = importlib.util.find_spec(name)
    assert spec is not None, name
    assert spec.origin is not None, name
    return Path(spec.origin).parent
