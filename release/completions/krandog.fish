complete -c krandog -s e -l eval -x -d 'Run CODE'
complete -c krandog -s h -l help -d 'Show the help'
complete -c krandog -l tls-self-signed -d 'Have servers speak TLS, for development'
complete -c krandog -s V -l version -d 'Show the version'
