<?php
// SPDX-License-Identifier: Apache-2.0
// WHMCS terminate hook of a hoster: notes that a service is terminated, by a small file; nothing else. It knows no key and no
// customer, speaks to no network, deletes nothing, and whatever goes wrong in it, WHMCS goes on. Copy it to includes/hooks/.
if (!defined('WHMCS')) {
    die('part of WHMCS');
}

const SPAREKEY_DELETIONS = '/var/spool/sparekey-deletions';
const SPAREKEY_MOST_NOTES = 1000;
const SPAREKEY_UUID_FIELD = 'uuid'; // custom fields with the hypervisor's UUID and its number or name; one of them is enough
const SPAREKEY_NUMBER_FIELD = 'vmid';

function sparekey_note(string $uuid, string $vm): void
{
    $spool = getenv('SPAREKEY_DELETIONS') ?: SPAREKEY_DELETIONS;
    $word = '/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/D';
    $lines = '';
    foreach (['uuid' => $uuid, 'vm' => $vm] as $name => $value) {
        if (preg_match($word, $value)) {
            $lines .= "$name=$value\n";
        }
    }
    if ($lines === '' || !is_dir($spool) || count(scandir($spool)) > SPAREKEY_MOST_NOTES) {
        return; // the panel's own list still has it; nothing is deleted that nobody asked for
    }
    $lines .= 'at=' . gmdate('Y-m-d\TH:i:s') . ".000Z\nsource=whmcs\n";
    $name = sprintf('%013d-%s', microtime(true) * 1000, bin2hex(random_bytes(8)));
    $draft = "$spool/.$name.new";
    $file = fopen($draft, 'x');
    fwrite($file, $lines);
    fflush($file);
    if (function_exists('fsync')) {
        fsync($file);
    }
    fclose($file);
    chmod($draft, 0640);
    rename($draft, "$spool/$name.note");
}

add_hook('AfterModuleTerminate', 1, function (array $vars): void {
    try {
        $fields = $vars['params']['customfields'] ?? [];
        $text = fn (string $name): string => is_scalar($fields[$name] ?? null) ? (string) $fields[$name] : '';
        sparekey_note($text(SPAREKEY_UUID_FIELD), $text(SPAREKEY_NUMBER_FIELD));
    } catch (\Throwable $e) {
        error_log('sparekey: a termination was not noted: ' . get_class($e)); // a hook stops no panel, and names nobody
    }
});
