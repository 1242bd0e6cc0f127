"""The words of the window's own pages, in the languages of the portal."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    hosts: str
    this_host: str
    open: str
    forget: str
    add: str
    address: str
    find: str
    find_more: str
    domain: str
    group: str
    port: str
    searching: str
    found: str
    connecting: str
    away: str
    retry: str
    back: str
    new: str
    new_why: str
    trust: str
    changed: str
    changed_why: str
    known_key: str
    shown_key: str
    none_yet: str
    not_checked: str
    close_running: str
    close_transfers: str
    close_title: str
    menu: str
    new_window: str
    reload: str
    full_screen: str
    close: str
    save: str


ENGLISH = Words(
    hosts="Hosts",
    this_host="this computer",
    open="Open",
    forget="Remove",
    add="Add",
    address="Address or name, for example 192.0.2.7",
    find="Look for a host",
    find_more="Find a host in the local network by its domain",
    domain="Domain",
    group="Multicast address",
    port="UDP port",
    searching="Looking for a host of this domain …",
    found="Found",
    connecting="Connecting to {host} …",
    away="{host} does not answer",
    retry="Try again",
    back="Back to the hosts",
    new="Is this {host}?",
    new_why="This host is not known yet. Compare the fingerprint of its key with the recovery sheet that the installer printed.",
    trust="It is the same: trust it",
    changed="{host} shows another key",
    changed_why=(
        "The connection was refused. Either the host was installed anew, or somebody is between you and it. "
        "Ask its administrator; to trust the new key, remove the host and add it again."
    ),
    known_key="Known fingerprint",
    shown_key="Fingerprint shown now",
    none_yet="No other host yet.",
    not_checked="not trusted yet",
    close_running="{count} tasks are running on the host. They go on without this window. Close it?",
    close_transfers="{count} downloads are not finished and would be lost. Close the window?",
    close_title="Close Nano",
    menu="Window",
    new_window="New window",
    reload="Load again",
    full_screen="Full screen",
    close="Close",
    save="Save file",
)
CHINESE = Words(
    hosts="主机",
    this_host="本机",
    open="打开",
    forget="移除",
    add="添加",
    address="地址或主机名，例如 192.0.2.7",
    find="查找主机",
    find_more="按域在局域网中查找主机",
    domain="域",
    group="组播地址",
    port="UDP 端口",
    searching="正在查找该域的主机 …",
    found="已找到",
    connecting="正在连接 {host} …",
    away="{host} 没有响应",
    retry="重试",
    back="返回主机列表",
    new="这是 {host} 吗？",
    new_why="尚未信任该主机。请将其密钥指纹与安装程序打印的恢复单核对。",
    trust="指纹一致，信任",
    changed="{host} 的密钥已改变",
    changed_why="连接已被拒绝。可能主机已重新安装，也可能有人在中间拦截。请询问管理员；若要信任新密钥，请先移除主机再重新添加。",
    known_key="已知指纹",
    shown_key="当前指纹",
    none_yet="还没有其他主机。",
    not_checked="尚未信任",
    close_running="主机上有 {count} 个任务正在运行，关闭窗口后它们会继续。要关闭吗？",
    close_transfers="有 {count} 个下载尚未完成，关闭后将丢失。要关闭吗？",
    close_title="关闭 Nano",
    menu="窗口",
    new_window="新建窗口",
    reload="重新加载",
    full_screen="全屏",
    close="关闭",
    save="保存文件",
)


def words(language: str) -> Words:
    """Those of a language tag or locale such as zh-CN or en_GB.UTF-8; English where there are none."""
    return CHINESE if language.lower().startswith("zh") else ENGLISH
