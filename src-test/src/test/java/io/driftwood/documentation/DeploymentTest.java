package io.driftwood.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.jobs.command.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.FallbackKey;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What of the deployment files can be held to the truth without a container engine. */
class DeploymentTest {

    private static final Path DEPLOY = Path.of("deploy");

    @Test
    void jobConfiguration_isValid() {
        StringWriter out = new StringWriter();
        PrintWriter to = new PrintWriter(out);
        int code = Commands.execute(to, to, "validate", Project.ROOT.resolve("deploy/job.yaml").toString());
        assertThat(code).as(out.toString()).isZero();
    }

    /** Flink ignores an option that it does not know, so a misspelt one would only be noticed by what does not happen. */
    @Test
    void everyFlinkOption_isKnownToFlink() throws IOException {
        Set<String> given = new TreeSet<>(yaml("config.yaml").keySet());
        given.addAll(section(yaml("job.yaml"), "flink").keySet());
        assertThat(given).hasSizeGreaterThan(10);
        given.removeAll(flinkOptions());
        assertThat(given).as("unknown to Flink").isEmpty();
    }

    /** Both images are those that the build is tested with. */
    @Test
    void images_haveTheVersionsOfTheBuild() throws IOException {
        Properties versions = new Properties();
        String pom = Project.read(Path.of("pom.xml"));
        for (String name : List.of("flink.version", "kafka.version")) {
            versions.setProperty(name, pom.replaceAll("(?s).*<" + name + ">([^<]+)</" + name + ">.*", "$1"));
        }
        assertThat(Project.read(DEPLOY.resolve("Containerfile"))).contains("flink:" + versions.getProperty("flink.version") + "-java17");
        assertThat(Project.read(DEPLOY.resolve("compose.yaml"))).contains("apache/kafka:" + versions.getProperty("kafka.version"));
    }

    @Test
    void composeFile_runsTheJobOnTheTopicsItCreates() {
        Map<String, Object> services = section(yaml("compose.yaml"), "services");
        assertThat(services).containsOnlyKeys("kafka", "topics", "jobmanager", "taskmanager");
        services.values().forEach(service -> section(Map.of("s", service), "s").keySet().forEach(key -> assertThat(key)
                .isIn("image", "build", "command", "entrypoint", "depends_on", "environment", "healthcheck", "ports", "restart", "volumes")));
        String topics = String.valueOf(section(services, "topics").get("command"));
        Map<String, Object> job = yaml("job.yaml");
        assertThat(topics).contains(" " + section(job, "source").get("topic") + " ");
        ((List<?>) job.get("sinks")).forEach(sink -> assertThat(topics).contains(" " + ((Map<?, ?>) sink).get("topic")));
        assertThat(String.valueOf(section(services, "jobmanager").get("command"))).contains("--job-classname io.driftwood.jobs.Driftwood run ");
    }

    /** Ports of a machine are open to itself only. */
    @Test
    void composeFile_publishesNothingToTheOutside() {
        section(yaml("compose.yaml"), "services").values().forEach(service -> {
            Object ports = section(Map.of("s", service), "s").getOrDefault("ports", List.of());
            assertThat(((List<?>) ports)).allSatisfy(port -> assertThat(String.valueOf(port)).startsWith("127.0.0.1:"));
        });
    }

    @Test
    void workflow_callsTheProjectsOwnTestCommand() {
        Path file = Path.of(".github/workflows/ci.yml");
        Map<String, Object> verify = section(section(load(file), "jobs"), "verify");
        assertThat(((List<?>) verify.get("steps"))).anySatisfy(step -> assertThat(((Map<?, ?>) step).get("run")).isEqualTo(".ci/run"));
        assertThat(Project.read(file)).contains("\"17\"", "\"21\"", "\"25\"");
    }

    private static Map<String, Object> yaml(String name) {
        return load(DEPLOY.resolve(name));
    }

    private static Map<String, Object> load(Path fromRoot) {
        return section(Map.of("root", new Load(LoadSettings.builder().build()).loadFromString(Project.read(fromRoot))), "root");
    }

    private static Map<String, Object> section(Map<?, ?> of, String key) {
        Map<String, Object> section = new LinkedHashMap<>();
        ((Map<?, ?>) of.get(key)).forEach((name, value) -> section.put(String.valueOf(name), value));
        return section;
    }

    /** The keys of all options that the classes of flink-core declare. */
    private static Set<String> flinkOptions() throws IOException {
        Set<String> keys = new HashSet<>();
        Path core = Path.of(ConfigOption.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        try (JarFile jar = new JarFile(core.toFile())) {
            jar.stream().map(entry -> entry.getName())
                    .filter(name -> name.matches("org/apache/flink/configuration/\\w+Options\\.class"))
                    .forEach(name -> addOptions(name.replace('/', '.').replace(".class", ""), keys));
        }
        return keys;
    }

    private static void addOptions(String className, Set<String> keys) {
        try {
            for (Field field : Class.forName(className).getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class && field.trySetAccessible()) {
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    keys.add(option.key());
                    option.fallbackKeys().forEach((FallbackKey key) -> keys.add(key.getKey()));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
