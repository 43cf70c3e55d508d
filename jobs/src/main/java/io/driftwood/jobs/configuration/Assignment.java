package io.driftwood.jobs.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One value set from outside the file.
 *
 * @param segments keys and, as digits, list positions
 * @param value in YAML's own types
 * @param origin the flag or environment variable, as people know it
 * @param spelledLoosely whether case and the difference of {@code -} and {@code _} are lost, as in environment variables
 */
public record Assignment(List<String> segments, Object value, String origin, boolean spelledLoosely) {

    private static final String PREFIX = "DRIFTWOOD__";

    /** {@code sampler.particles=2000}, {@code sinks[0].type=stdout}; empty without an equals sign or a path. */
    public static Optional<Assignment> ofFlag(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            return Optional.empty();
        }
        String path = assignment.substring(0, equals).strip();
        Object value = YamlFile.parseValue(assignment.substring(equals + 1));
        return Optional.of(new Assignment(split(path), value, "--set " + path, false));
    }

    /** A flag of its own, such as {@code --particles}. */
    public static Assignment ofFlag(String flag, String path, Object value) {
        return new Assignment(split(path), value, flag, false);
    }

    /** {@code DRIFTWOOD__SAMPLER__PARTICLES=2000}, in the order of the names. */
    public static List<Assignment> ofEnvironment(Map<String, String> environment) {
        List<Assignment> overrides = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
                String words = name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
                overrides.add(new Assignment(List.of(words.split("__")), YamlFile.parseValue(text), name, true));
            }
        });
        return overrides;
    }

    static List<String> split(String path) {
        return Arrays.stream(path.replaceAll("\\[(\\d+)]", ".$1").split("\\.")).filter(s -> !s.isEmpty()).toList();
    }
}
