# bash completion; written by packaging/build/manual.py from the options the programs declare.
_nano_appliance() {
    local words
    case "${COMP_WORDS[1]}" in
        start) words='--help --home --roles' ;;
        stop) words='--help --home --roles' ;;
        status) words='--help --home --roles --json' ;;
        halt) words='--help --home --roles' ;;
        run) words='--help --home --roles' ;;
        join) words='--help --home' ;;
        token) words='--help --home --user --group --minutes' ;;
        desktop) words='--help --home --host' ;;
        verify-log) words='--help --home' ;;
        reset-admin) words='--help --home --user' ;;
        *) words='start stop status halt run join token desktop verify-log reset-admin --help --version' ;;
    esac
    if [ "$COMP_CWORD" -eq 1 ]; then words='start stop status halt run join token desktop verify-log reset-admin --help --version'; fi
    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _nano_appliance nano-appliance /opt/nano/bin/nano

_nano_installer() {
    local words
    case "${COMP_WORDS[1]}" in
        *) words='--help --answers --plan --uninstall --with-guest --yes --lang --plain --home install repair en zh' ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _nano_installer nano-installer
