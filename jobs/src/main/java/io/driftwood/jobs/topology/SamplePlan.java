package io.driftwood.jobs.topology;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.sample.Sampler;
import io.driftwood.jobs.configuration.Catalogues;
import io.driftwood.jobs.configuration.LearnedFile;
import io.driftwood.jobs.topology.JobPlan.Destination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything a sampling job is made of, built from checked settings; still without Flink's graph and without having asked any outside system.
 *
 * @param names of the target's coordinates
 * @param destinations of "draws" and "diagnostics"
 * @param flink the {@code flink} section, as Flink's options
 */
public record SamplePlan(
        String name, SampleRecipe recipe, int chains, List<String> names, List<Destination> destinations, ConnectorContext context,
        Map<String, String> flink) {

    /** Reports what only building can show, all of it at once, by {@link ConfigurationException}; see {@link JobPlan#of}. */
    public static SamplePlan of(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<Settings> complete = JobPlan.attempt(problems, () -> withTuning(settings));
        SampleRecipe recipe = new SampleRecipe(complete.orElse(settings));
        Optional<io.driftwood.inference.target.Problem> target = JobPlan.attempt(problems, recipe::problem);
        Optional<Sampler> sampler = complete.flatMap(read -> JobPlan.attempt(problems, recipe::sampler));
        if (target.isPresent() && sampler.isPresent() && !sampler.get().refusal(target.get()).isEmpty()) {
            problems.add(Problem.at("sampler", settings.struct("sampler").type(),
                    "cannot be used: the target " + sampler.get().refusal(target.get())));
        }
        List<Destination> destinations = JobPlan.destinations(settings, Catalogues.SAMPLE_SINKS, Set.of(), problems);
        if (!problems.isEmpty() || target.isEmpty() || sampler.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        if (destinations.stream().noneMatch(to -> to.of().equals("diagnostics"))) {
            destinations.add(new Destination("diagnostics", Catalogues.SAMPLE_SINKS.build(Settings.of("type", "stderr"))));
        }
        return new SamplePlan(settings.text("name"), recipe, settings.count("chains"), List.copyOf(target.get().names()), List.copyOf(destinations),
                new ConnectorContext(settings.text("name"), JobPlan.texts(settings.map("kafka", Object.class))),
                JobPlan.texts(settings.map("flink", Object.class)));
    }

    /** What the file of a tuning holds in place of its name, so that whoever builds the sampler needs no file. */
    private static Settings withTuning(Settings settings) {
        Settings sampler = settings.struct("sampler");
        if (!sampler.has("tuning")) {
            return settings;
        }
        try {
            return settings.with("sampler", sampler.with("tuning", LearnedFile.read(Path.of(sampler.text("tuning")))));
        } catch (IOException e) {
            throw sampler.problem("tuning", "cannot be used: " + e.getMessage());
        }
    }

    /** Asks the outside systems whether the job could write. */
    public List<Problem> check() {
        return destinations.stream().flatMap(to -> to.sink().check(context).stream()).toList();
    }
}
