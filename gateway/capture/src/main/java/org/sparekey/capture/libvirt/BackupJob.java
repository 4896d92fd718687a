// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.capture.libvirt;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.sparekey.capture.CaptureException;
import org.sparekey.capture.CaptureRefusal;
import org.sparekey.capture.Guest;

/** The one pull backup job of a guest (libvirt, formatbackup): begun, found, ended. */
final class BackupJob {

    private static final Duration END = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Virsh virsh;
    private final String uuid;

    BackupJob(Virsh virsh, String uuid) {
        this.virsh = virsh;
        this.uuid = uuid;
    }

    /** Any job: a backup, a migration, the hoster's own. */
    boolean running() throws IOException {
        return !Domains.facts(virsh.run("domjobinfo", uuid))
                .getOrDefault("Job type", "None")
                .equals("None");
    }

    /** Whether the running backup serves out of this directory. */
    boolean servesFrom(JobDirectory directory) throws IOException {
        return running()
                && Domains.facts(virsh.run("domjobinfo", uuid))
                        .getOrDefault("Operation", "")
                        .equals("Backup")
                && virsh.run("backup-dumpxml", uuid).contains("'" + directory.socket() + "'");
    }

    /** A crash from here on leaves a job, which {@link LibvirtHypervisor#recover()} finds by its socket. */
    void begin(Guest guest, List<Guest.Disk> disks, JobDirectory directory) throws IOException {
        Path description = Files.writeString(directory.path().resolve("backup.xml"), xml(guest, disks, directory));
        virsh.run("backup-begin", uuid, "--backupxml", description.toString());
    }

    /** Ends our job if there is one, and sees that it has ended; another's job is left alone. The listener and the reader may both come here. */
    synchronized void end(JobDirectory directory) throws IOException {
        if (!servesFrom(directory)) {
            return;
        }
        virsh.run("domjobabort", uuid);
        for (long waited = 0; running(); waited += POLL.toMillis()) {
            if (waited > END.toMillis()) {
                throw new CaptureException(CaptureRefusal.TIMED_OUT, "the backup job does not end");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Lets a guest run again that stands still because our scratch was full; any other pause is not ours to end. */
    synchronized boolean resumeAfterIoError() throws IOException {
        boolean ours = virsh.run("domstate", "--reason", uuid).strip().equals("paused (I/O error)");
        if (ours) {
            virsh.run("resume", uuid);
        }
        return ours;
    }

    private static String xml(Guest guest, List<Guest.Disk> disks, JobDirectory directory) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartElement("domainbackup");
            xml.writeAttribute("mode", "pull");
            xml.writeEmptyElement("server");
            xml.writeAttribute("transport", "unix");
            xml.writeAttribute("socket", directory.socket().toString());
            xml.writeStartElement("disks");
            for (Guest.Disk disk : guest.disks()) {
                disk(xml, disk.target(), disks.contains(disk), directory);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    /** A disk that was not ordered is named too, because libvirt backs up what is not mentioned. */
    private static void disk(XMLStreamWriter xml, String target, boolean ordered, JobDirectory directory)
            throws XMLStreamException {
        xml.writeStartElement("disk");
        xml.writeAttribute("name", target);
        xml.writeAttribute("backup", ordered ? "yes" : "no");
        if (ordered) {
            xml.writeAttribute("type", "file");
            xml.writeAttribute("exportname", target);
            xml.writeEmptyElement("driver");
            xml.writeAttribute("type", "qcow2");
            xml.writeEmptyElement("scratch");
            xml.writeAttribute("file", directory.scratch(target).toString());
        }
        xml.writeEndElement();
    }
}
