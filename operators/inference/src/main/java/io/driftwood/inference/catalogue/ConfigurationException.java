package io.driftwood.inference.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all of its problems at once. */
public final class ConfigurationException extends RuntimeException {

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(p -> p.path() + ": " + p.message()).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
