package io.driftwood.jobs.tune;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Effective;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.sample.PathPreset;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.topology.SampleRecipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What is tuned, built from a checked configuration of {@code driftwood sample}.
 *
 * @param output the file that the configuration itself names for the tuning, if it does
 * @param fingerprint of all that a run of tuning depends on: two runs of the same fingerprint are the same run
 */
public record TuningPlan(
        String name, String target, long seed, PathPreset preset, io.driftwood.inference.target.Problem problem, Optional<Path> output, String fingerprint) {

    private static final List<String> COUNTS = List.of("target", "reference", "sampler", "seed");

    /** @throws ConfigurationException with what keeps it from being tuned */
    public static TuningPlan of(Configuration configuration) {
        Settings settings = configuration.settings();
        Settings sampler = settings.struct("sampler");
        if (!sampler.type().equals("annealed-path")) {
            throw new ConfigurationException(Problem.at("sampler", sampler.type(), "has nothing to be tuned beforehand; only `annealed-path` has")
                    .suggesting("write  sampler: {type: annealed-path}"));
        }
        io.driftwood.inference.target.Problem problem = new SampleRecipe(settings).problem();
        PathPreset preset = new PathPreset(sampler);
        if (preset.stratified()) {
            throw sampler.problem("strata", "cannot be tuned beforehand: a tuning file holds paths of one stratum; driftwood sample tunes strata for itself");
        }
        if (!preset.refusal(problem).isEmpty()) {
            throw new ConfigurationException(Problem.at("sampler", sampler.type(), "cannot be used: the target " + preset.refusal(problem)));
        }
        return new TuningPlan(settings.text("name"), settings.struct("target").type(), settings.integer("seed"), preset, problem,
                sampler.optionalText("tuning").map(Path::of), fingerprint(configuration, problem));
    }

    /** Of the values that count, and of the target itself where its reference is centred: its data may have changed under the same name. */
    private static String fingerprint(Configuration configuration, io.driftwood.inference.target.Problem problem) {
        CRC32 sum = new CRC32();
        for (Effective value : configuration.effective()) {
            if (!value.path().equals("sampler.tuning") && COUNTS.contains(value.path().split("[.\\[]", 2)[0])) {
                sum.update((value.path() + "=" + value.text() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        double[] centre = problem.reference().mean();
        Particles x = new Particles(1, centre.length);
        for (int j = 0; j < centre.length; j++) {
            x.set(j, 0, centre[j]);
        }
        x.pad();
        double[] logDensity = new double[x.stride];
        problem.target().evaluate(x, logDensity, null, new Scratch());
        sum.update(Double.toHexString(logDensity[0]).getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
    }
}
