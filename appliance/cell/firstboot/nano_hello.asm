; nano-hello: the first guest. One boot sector that shows that a guest is alive and can be controlled.
; - writes a line to the screen and to COM1, then a dot every second;
; - sends back what it receives on COM1; 'R' resets the machine;
; - turns itself off when the ACPI power button is pressed (q35: ICH9, i440fx: PIIX4).
; Assemble: nasm -f bin nano_hello.asm; the bytes are kept in nano_hello.py and compared by a test.

bits 16
org 0x7c00

COM1        equ 0x3f8
TICKS       equ 0x046c          ; BIOS data area: counts 18.2 ticks a second
PM1_STATUS  equ 0
PM1_ENABLE  equ 2
PM1_CONTROL equ 4
BUTTON_HIGH equ 1               ; bit 8 of status and enable: the power button

start:
    cli
    xor ax, ax
    mov ds, ax
    mov es, ax
    mov ss, ax
    mov sp, 0x7c00
    sti
    mov ax, 0x0003              ; 80x25 text
    int 0x10
    mov ax, 0x0600              ; clear the window ...
    mov bh, 0x1f                ; ... white on blue
    xor cx, cx
    mov dx, 0x184f
    int 0x10
    mov si, greeting
    call print

; The power management ports: base at 0x40 of PIIX4's function 1.3, or of ICH9's function 1f.0
    mov eax, 0x80000b00
    call read_pci
    cmp eax, 0x71138086
    mov eax, 0x80000b40
    je .found
    mov eax, 0x8000f840
.found:
    call read_pci
    and ax, 0xffc0
    mov bp, ax
    lea dx, [bp + PM1_STATUS]
    mov ax, BUTTON_HIGH << 8
    out dx, ax                  ; writing 1 clears the status
    lea dx, [bp + PM1_ENABLE]
    out dx, ax                  ; without it QEMU does not report the button

    mov bx, [TICKS]
wait_for_something:
    hlt                         ; until the next tick: an idle guest costs nothing
    lea dx, [bp + PM1_STATUS]
    in ax, dx
    test ah, BUTTON_HIGH
    jnz power_off
    call answer_serial
    mov ax, [TICKS]
    sub ax, bx
    cmp ax, 18
    jb wait_for_something
    add bx, 18
    mov al, '.'
    call put
    jmp wait_for_something

power_off:
    mov si, farewell
    call print
    lea dx, [bp + PM1_CONTROL]
    mov ax, 0x2000              ; sleep enable, type 0: off in QEMU's ICH9 and PIIX4
    out dx, ax
    hlt
    jmp $

answer_serial:
    mov dx, COM1 + 5
    in al, dx
    test al, 1
    jz .nothing
    mov dx, COM1
    in al, dx
    cmp al, 'R'
    je reset
    call put
    jmp answer_serial
.nothing:
    ret

reset:
    mov dx, 0x0cf9
    mov al, 6
    out dx, al
    hlt
    jmp $

read_pci:                       ; eax: address -> eax: value
    mov dx, 0x0cf8
    out dx, eax
    mov dx, 0x0cfc
    in eax, dx
    ret

print:                          ; si: text that ends with 0
    lodsb
    test al, al
    jz .done
    call put
    jmp print
.done:
    ret

put:                            ; al: a character, to screen and COM1
    pusha
    mov ah, 0x0e
    mov bx, 0x0007
    int 0x10
    mov ah, al
    mov cx, 0xffff              ; nobody may read the serial line: do not wait for ever
.busy:
    mov dx, COM1 + 5
    in al, dx
    test al, 0x20
    loopz .busy
    mov dx, COM1
    mov al, ah
    out dx, al
    popa
    ret

greeting db 13, 10, '  Nano Appliance: first guest is up', 13, 10, 13, 10, '  ', 0
farewell db 13, 10, 13, 10, '  Power button pressed, good night', 13, 10, 0

times 446 - ($ - $$) db 0
    db 0x80, 0, 2, 0, 0x83, 0, 0, 0     ; one partition, so that the disk looks like one
    dd 1, 2047
times 510 - ($ - $$) db 0
    dw 0xaa55
