package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.History;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Entry;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.Channel;
import io.driftwood.inference.filter.Clock;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.summary.Derived;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.inference.target.GaussianMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Builds the recursion that the {@code denoise} section of a job asks for. */
public final class Denoisings {

    /** How a measured coordinate comes from the true one. */
    public static final Catalogue<Settings> CHANNELS = Catalogue.of("denoising-channel",
            Entry.of("normal", "y = x + noise z with z standard normal.", s -> s),
            Entry.of("signs", "y = x with probability 1/(1 + e^(-2 noise)), else -x, for x and y in {-1, 1}; a larger noise number is less noise.", s -> s),
            Entry.of("student-t", "y = x + noise t: outliers are borne. By particles, set up in the section sampler; consistent, and with a history.", s -> s,
                    Option.withDefault("degrees-of-freedom", Shape.positive(), 4.0, "of Student's t; fewer for more outliers")));

    /** How x moves between measurements. */
    public static final Catalogue<Settings> DRIFTS = Catalogue.of("denoising-drift",
            Entry.of("none", "x stands still.", s -> s),
            Entry.of("discount", "What has been measured fades: every measurement leaves the earlier ones this share of their precision. The log-evidence is a score.",
                    s -> s, Option.required("factor", Shape.openFraction(), "what is left; the memory is about 1/(1 - factor) measurements")),
            Entry.of("random-walk", "x walks: Kalman's recursion for every component. Exact; for normals and mixtures without correlations.", s -> s,
                    Option.required("variance", Shape.either(Shape.nonNegative(), Shape.listOf(Shape.nonNegative())), "of the walk in a unit of time, one for all coordinates or one for each"),
                    Option.optional("time-unit", Shape.duration(), "how long a unit is in event time; absent: one unit from record to record")));

    public static final List<Option> OPTIONS = List.of(
            Option.required("measurements", Shape.listOf(Shape.text("a field name")), "the fields of a measurement, one for each coordinate of x; an empty one is missing"),
            Option.required("prior", Shape.variant(DenoisingPriors.CATALOGUE), "what is known of x before it is measured"),
            Option.required("noise", Shape.either(Shape.positive(), Shape.listOf(Shape.positive()), Shape.text("a field name"), Shape.listOf(Shape.text("a field name"))),
                    "scale of the noise: a number or a field of the record, one for all coordinates or one for each; relative to an unknown scale where there is one"),
            Option.withDefault("channel", Shape.variant(CHANNELS), "normal", "how a measured coordinate comes from the true one"),
            Option.withDefault("drift", Shape.variant(DRIFTS), "none", "how x moves between measurements"),
            Option.optional("unknown-noise", Shape.struct(
                            Option.required("shape", Shape.positive(), "of the inverse-gamma law of the squared scale"),
                            Option.required("rate", Shape.positive(), "of that law; its mean is rate/(shape - 1)")),
                    "the noise has a common scale that is unknown too, and is told as noise-scale; absent: it is known"),
            Option.optional("retraction", Shape.text("a field name"), "the field that is 1 in a record that takes back an earlier measurement, which it repeats"),
            Option.withDefault("covariance", Shape.flag(), false, "whether summaries hold the covariance of x"),
            Option.withDefault("modes", Shape.integer(0, 1 << 16), 32L, "summaries hold the probabilities of the prior's components or points when there are from two to so many"));

    private Denoisings() {}

    /** The fields that a record must carry. */
    public static List<String> fields(Settings denoise) { return read(denoise, channel(denoise)).all(); }

    /** What summaries are of. */
    public static ParameterSpace space(Settings denoise) {
        List<String> names = new ArrayList<>(Unknowns.coordinates(denoise.texts("measurements").size()));
        if (denoise.has("unknown-noise")) {
            names.add(Unknowns.NOISE_SCALE);
        }
        return Unknowns.space(names);
    }

    /**
     * @param denoise settings of {@link #OPTIONS}
     * @param sampler of {@link io.driftwood.inference.assimilate.SamplerOptions}
     * @param history for the channel student-t; empty: full
     */
    public static SequentialPosterior build(Settings denoise, Settings sampler, Optional<Settings> history, SummaryOptions summary) {
        DenoisingLaw law = DenoisingPriors.CATALOGUE.build(denoise.struct("prior"));
        String channel = denoise.struct("channel").type();
        List<Problem> problems = problems(denoise, law, channel);
        if (history.isPresent() && !channel.equals("student-t")) {
            problems.add(Problem.at("history", null, "is for particles, and only the channel student-t needs them"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        MeasurementFields fields = read(denoise, channel(denoise));
        if (!fields.noiseIsPossible()) {
            throw denoise.problem("noise", "is so small or so large that its square is no number");
        }
        if (channel.equals("student-t")) {
            return robust(denoise, sampler, history.map(Histories.CATALOGUE::build), law.mixture().orElseThrow(), fields, summary);
        }
        Recursion recursion = recursion(denoise, law);
        DenoisingReport report = new DenoisingReport(recursion.unknowns(), law.dimension(), summary, denoise.flag("covariance"), denoise.count("modes"));
        return new DenoisingPosterior(recursion, fields, clock(denoise), report, sampler.count("particles"), sampler.integer("seed"));
    }

    private static Recursion recursion(Settings denoise, DenoisingLaw law) {
        Settings drift = denoise.struct("drift");
        if (denoise.has("unknown-noise")) {
            Settings unknown = denoise.struct("unknown-noise");
            double shape = unknown.number("shape");
            double rate = unknown.number("rate");
            return law.worth() > 0
                    ? new ConjugateScale(law.mixture().orElseThrow().mean(0), law.worth(), shape, rate) : new UnknownScale(law.prior(), shape, rate);
        }
        return switch (drift.type()) {
            case "random-walk" -> new Walking(law.mixture().orElseThrow(), variances(drift, law.dimension()));
            case "discount" -> new KnownNoise(law.prior(), channel(denoise), drift.number("factor"));
            default -> new KnownNoise(law.prior(), channel(denoise), 1);
        };
    }

    private static SequentialPosterior robust(Settings denoise, Settings sampler, Optional<History> history, GaussianMixture mixture,
            MeasurementFields fields, SummaryOptions summary) {
        RobustModel model = new RobustModel(mixture, fields, denoise.struct("channel").number("degrees-of-freedom"));
        List<Derived> derived = new ArrayList<>(summary.derived());
        if (mixture.componentCount() > 1 && mixture.componentCount() <= denoise.count("modes")) {
            IntStream.range(0, mixture.componentCount()).mapToObj(k -> new ModeProbability(mixture, k)).forEach(derived::add);
        }
        SummaryOptions more = new SummaryOptions(summary.job(), summary.levels(), derived, summary.samplesEvery(), summary.samplesCount());
        return new RobustPosterior(Posteriors.build(model, sampler, history, more), fields);
    }

    private static Channel channel(Settings denoise) { return denoise.struct("channel").type().equals("signs") ? Channel.SIGNS : Channel.NORMAL; }

    private static Clock clock(Settings denoise) {
        Settings drift = denoise.struct("drift");
        return new Clock(drift.has("time-unit") ? drift.duration("time-unit").toMillis() : 0);
    }

    static double[] variances(Settings drift, int d) {
        double[] given = drift.get("variance") instanceof Number one ? new double[] {one.doubleValue()} : drift.numbers("variance");
        double[] variances = new double[d];
        Arrays.setAll(variances, j -> given[given.length == 1 ? 0 : j]);
        return variances;
    }

    private static MeasurementFields read(Settings denoise, Channel channel) {
        try {
            return new MeasurementFields(denoise.texts("measurements"), denoise.get("noise"), denoise.optionalText("retraction").orElse(""), channel);
        } catch (IllegalArgumentException e) {
            throw denoise.problem("measurements", e.getMessage());
        }
    }

    /** What does not go together, all of it. */
    private static List<Problem> problems(Settings denoise, DenoisingLaw law, String channel) {
        List<Problem> problems = new ArrayList<>();
        int d = law.dimension();
        Settings drift = denoise.struct("drift");
        boolean unknown = denoise.has("unknown-noise");
        require(denoise.texts("measurements").size() == d, problems, denoise, "measurements", "needs " + d + " fields, as many as the prior has coordinates");
        require(!(denoise.get("noise") instanceof List<?> list) || list.size() == d, problems, denoise, "noise", "needs one scale, or " + d + " as the prior has coordinates");
        require(law.signs() == channel.equals("signs"), problems, denoise, "prior",
                law.signs() ? "is of signs and needs the channel signs" : "must be patterns, of which the channel signs is a channel");
        require(!channel.equals("student-t") || law.mixture().isPresent(), problems, denoise, "prior", "has no density, which particles need; give atoms a bandwidth");
        require(!unknown || channel.equals("normal"), problems, denoise, "unknown-noise", "is for the channel normal");
        require(!unknown || drift.type().equals("none"), problems, denoise, "unknown-noise", "is for an x that stands still");
        require(law.worth() == 0 || unknown, problems, denoise, "prior", "is as wide as an unknown noise and needs unknown-noise");
        require(drift.type().equals("none") || !channel.equals("student-t"), problems, denoise, "drift",
                "is not for the channel student-t; there a history that forgets does the same");
        require(!denoise.has("retraction") || drift.type().equals("none") && !channel.equals("student-t"), problems, denoise, "retraction",
                "cannot be had where the past fades or is kept by particles");
        if (drift.type().equals("random-walk")) {
            require(channel.equals("normal"), problems, denoise, "drift", "of a walk is for the channel normal");
            require(law.mixture().map(DenoisingLaw::isDiagonal).orElse(false), problems, denoise, "drift", "of a walk needs normals without correlations as the prior");
            require(drift.get("variance") instanceof Number || drift.numbers("variance").length == d, problems, drift, "variance", "needs one number, or " + d);
            require(!drift.has("time-unit") || drift.duration("time-unit").toMillis() > 0, problems, drift, "time-unit", "must be at least 1 ms");
        }
        return problems;
    }

    private static void require(boolean holds, List<Problem> problems, Settings settings, String key, String message) {
        if (!holds) {
            problems.add(Problem.at(settings.pathOf(key), null, message));
        }
    }
}
