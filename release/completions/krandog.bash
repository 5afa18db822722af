# bash completion for krandog
_krandog() {
    local word=${COMP_WORDS[COMP_CWORD]} index
    local options='-e --eval -h --help --tls-self-signed -V --version'
    # What stands behind the program is the program's.
    for ((index = 1; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
            -*) ;;
            *)
                compopt -o default
                COMPREPLY=()
                return
                ;;
        esac
    done
    case $word in
        -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
        *)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -X '!*.@(js|mjs)' -- "$word"; compgen -d -- "$word")
            ;;
    esac
}
complete -F _krandog krandog
