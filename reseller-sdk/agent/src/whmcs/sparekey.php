<?php
// SPDX-License-Identifier: Apache-2.0
// WHMCS hook: tells the Sparekey agent that something changed, by a small file in its spool; nothing else. It cannot end or
// move anything, knows no key, speaks to no network, and whatever goes wrong in it, WHMCS goes on. Copy it to includes/hooks/.
if (!defined('WHMCS')) {
    die('part of WHMCS');
}

const SPAREKEY_SPOOL = '/var/spool/sparekey-agent';
const SPAREKEY_MOST_FILES = 1000;
const SPAREKEY_VM_FIELD = 'vmid'; // the custom field with the hypervisor's number or name; without it the domain is used

function sparekey_hint(string $vm): void
{
    $spool = getenv('SPAREKEY_SPOOL') ?: SPAREKEY_SPOOL;
    if ($vm === '' || strlen($vm) > 128 || !is_dir($spool) || count(scandir($spool)) > SPAREKEY_MOST_FILES) {
        return; // the agent's next full comparison finds the change without us
    }
    $now = microtime(true);
    $name = sprintf('%013d-%s', $now * 1000, bin2hex(random_bytes(8)));
    $at = gmdate('Y-m-d\TH:i:s', (int) $now) . sprintf('.%03dZ', (int) (fmod($now, 1) * 1000));
    $event = ['v' => 1, 'type' => 'spool-event', 'event' => 'CHANGED', 'vm' => $vm, 'at' => $at];
    $draft = "$spool/.$name.new";
    $json = json_encode($event, JSON_THROW_ON_ERROR);
    $file = @fopen($draft, 'x');
    $whole = @fwrite($file, $json) === strlen($json) && fflush($file) && (!function_exists('fsync') || fsync($file));
    fclose($file);
    if (!$whole) {
        unlink($draft); // the disk is full: half a hint is none
        return;
    }
    chmod($draft, 0640);
    rename($draft, "$spool/$name.json");
}

function sparekey_hook(array $vars): void
{
    try {
        $params = $vars['params'] ?? $vars;
        $service = $params['serviceid'] ?? null;
        $vm = $params['customfields'][SPAREKEY_VM_FIELD] ?? $params['domain'] ?? null;
        if ($vm === null && $service !== null) {
            $vm = \WHMCS\Database\Capsule::table('tblhosting')->where('id', (int) $service)->value('domain');
        }
        sparekey_hint(trim((string) $vm));
    } catch (\Throwable $e) {
        error_log('sparekey: no hint was left: ' . get_class($e)); // a hook never stops a guest, and never names one
    }
}

foreach (['AfterModuleCreate', 'AfterModuleSuspend', 'AfterModuleUnsuspend', 'AfterModuleTerminate',
    'AfterModuleChangePackage', 'ServiceEdit', 'ServiceDelete'] as $point) {
    add_hook($point, 1, 'sparekey_hook');
}
