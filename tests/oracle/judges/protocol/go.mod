module judge/protocol

go 1.26
