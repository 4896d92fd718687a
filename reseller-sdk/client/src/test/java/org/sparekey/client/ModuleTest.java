// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparekey.fake.FakeGateway;
import org.sparekey.protocol.json.Wire;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** The client as a named module, with what it names and nothing else: it needs no class path. */
class ModuleTest {

    private static final String MODULE = "org.sparekey.client";

    @TempDir
    Path directory;

    @BeforeEach
    void compiledAsAModule() throws Exception {
        Path classes = place(ResellerClient.class);
        boolean jar = Files.isRegularFile(classes);
        assumeTrue(
                jar || Files.exists(classes.resolve("module-info.class")),
                "these classes were compiled without module-info.java");
    }

    @Test
    void at_run_time_the_client_needs_jackson_and_bouncy_castles_provider_and_nothing_else() throws Exception {
        Set<String> named = configuration().modules().stream()
                .map(ResolvedModule::name)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
                .collect(Collectors.toSet());

        assertThat(named)
                .containsExactlyInAnyOrder(
                        MODULE,
                        "org.sparekey.protocol",
                        "tools.jackson.core",
                        "tools.jackson.databind",
                        "com.fasterxml.jackson.annotation",
                        "org.bouncycastle.provider");
    }

    @Test
    void a_machine_is_registered_by_the_client_as_a_module() throws Exception {
        ModuleLayer.Controller layer = ModuleLayer.defineModulesWithOneLoader(
                configuration(), List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
        ClassLoader loader = layer.layer().findLoader(MODULE);
        try (FakeGateway gateway = FakeGateway.start()) {
            gateway.assign("palmstrand", "192.0.2.0/24");
            Path file = gateway.enrol("palmstrand", directory);

            Object registered = register(loader, file, gateway.clock());

            assertThat(registered.getClass().getModule().getName()).isEqualTo(MODULE);
            assertThat(registered.getClass().getSimpleName()).isEqualTo("Proven");
            assertThat(gateway.registered("palmstrand")).hasSize(1);
        }
    }

    private static Object register(ClassLoader loader, Path file, InstantSource clock) throws Exception {
        Class<?> vps = loader.loadClass(Vps.class.getName());
        Class<?> customer = loader.loadClass(Customer.class.getName());
        Class<?> settings = loader.loadClass(ClientSettings.class.getName());
        Object usual = settings.getMethod("usual").invoke(null);
        Object timed = settings.getMethod("clock", InstantSource.class).invoke(usual, clock);
        Object renter = customer.getMethod("of", String.class).invoke(null, "customer-7");
        Object machine = vps.getMethod("of", String.class, String.class, String.class, customer, Instant.class)
                .invoke(null, "cluster-a", "101", "192.0.2.10", renter, FakeGateway.START);
        Class<?> type = loader.loadClass(ResellerClient.class.getName());
        try (AutoCloseable client =
                (AutoCloseable) type.getMethod("open", Path.class, settings).invoke(null, file, timed)) {
            return type.getMethod("register", List.class).invoke(client, List.of(machine));
        }
    }

    private static Configuration configuration() throws Exception {
        Path[] places = Stream.of(
                        place(ResellerClient.class),
                        place(Wire.class),
                        place(JsonParser.class),
                        place(JsonMapper.class),
                        place(JsonValue.class),
                        place(BouncyCastleProvider.class))
                .toArray(Path[]::new);
        return ModuleLayer.boot().configuration().resolve(ModuleFinder.of(places), ModuleFinder.of(), Set.of(MODULE));
    }

    private static Path place(Class<?> type) throws Exception {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return new File(place).toPath();
    }
}
