package io.driftwood.jobs.configuration;

import io.driftwood.inference.catalogue.Checked;
import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Effective;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A job's configuration: flags over environment over file over defaults, checked.
 *
 * @param settings to build from only when there are no problems
 * @param effective every value in use and who set it
 */
public record Configuration(YamlFile file, Layers layers, Settings settings, List<Problem> problems, List<Effective> effective) {

    /** Reads and checks; what is wrong is in {@link #problems}. Throws only when there is no file to read. */
    public static Configuration load(Path path, List<Assignment> flags, Map<String, String> environment) {
        return check(YamlFile.read(path), JobShape.ROOT, flags, environment);
    }

    /** The same of a target to sample. */
    public static Configuration loadSample(Path path, List<Assignment> flags, Map<String, String> environment) {
        return check(YamlFile.read(path), SampleShape.ROOT, flags, environment);
    }

    /** The same of what is to be learned from a table. */
    public static Configuration loadLearning(Path path, List<Assignment> flags, Map<String, String> environment) {
        return check(YamlFile.read(path), LearnShape.ROOT, flags, environment);
    }

    /** Whether a file is about a target to sample, and not about a stream. */
    public static boolean isSample(Path path) {
        return SampleShape.describes(YamlFile.read(path));
    }

    /** Whether a file is about what is to be learned from a table. */
    public static boolean isLearning(Path path) {
        return LearnShape.describes(YamlFile.read(path));
    }

    /** Whether a file is about a stream, and not about a target to sample. */
    public static boolean isStream(Path path) {
        return SampleShape.describesAStream(YamlFile.read(path));
    }

    static Configuration check(YamlFile file, Shape.Struct root, List<Assignment> flags, Map<String, String> environment) {
        Layers layers = new Layers(file, root);
        if (!file.problems().isEmpty() && file.tree().isEmpty()) {
            return new Configuration(file, layers, Settings.of(), file.problems(), List.of());
        }
        Assignment.ofEnvironment(environment).forEach(layers::put);
        flags.forEach(layers::put);
        Shape.Struct asked = root == JobShape.ROOT ? JobShape.of(layers.tree()) : root;
        Checked checked = Checker.check(asked, layers.tree(), layers::originOf,
                name -> Optional.ofNullable(environment.get(name)), file::resolve, CsvTable::read);
        List<Problem> problems = new ArrayList<>(file.problems());
        problems.addAll(layers.problems());
        problems.addAll(checked.problems());
        return new Configuration(file, layers, checked.settings(), List.copyOf(problems), checked.effective());
    }

    /** The settings, or all problems at once. */
    public Settings orThrow() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }

    /** The same configuration with what later checks found; the values shown are the ones people wrote. */
    public Configuration with(List<Problem> more) {
        List<Problem> all = new ArrayList<>(problems);
        more.stream().map(this::asWritten).filter(Predicate.not(all::contains)).forEach(all::add);
        return new Configuration(file, layers, settings, List.copyOf(all), effective);
    }

    /** A builder sees {@code ${env:NAME}} already replaced; a report must not. */
    private Problem asWritten(Problem problem) {
        return effective.stream()
                .filter(e -> e.path().equals(problem.path()))
                .findFirst()
                .map(e -> new Problem(problem.path(), e.text(), problem.message(), problem.suggestion()))
                .orElse(problem);
    }
}
