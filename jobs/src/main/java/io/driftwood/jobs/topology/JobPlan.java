package io.driftwood.jobs.topology;

import io.driftwood.connectors.Sources;
import io.driftwood.connectors.Watermarks;
import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SinkConnector;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.flink.PosteriorOptions;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.summary.SummaryOptions;
import io.driftwood.jobs.configuration.Catalogues;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Everything a job is made of, built from checked settings; still without Flink's graph and without having asked any outside system.
 *
 * @param timed whether records have an event time
 * @param beside what enters besides the records
 * @param flink the {@code flink} section, as Flink's options
 */
public record JobPlan(
        String name, Subject model, PosteriorRecipe recipe, PosteriorOptions options, DecodeSpec spec, SourceConnector source,
        WatermarkStrategy<Decoded> watermarks, boolean timed, SideInputs beside, List<Destination> destinations,
        ConnectorContext context, Map<String, String> flink) {

    /**
     * One sink and what goes there.
     *
     * @param of "summaries", "dead-letters", "late", "rejected", "answers", "alarms" or "learned"
     */
    public record Destination(String of, SinkConnector sink) {}

    /**
     * Reports what only building can show, all of it at once, by {@link ConfigurationException}; also of settings that have problems already, as far as
     * these do not stand in the way.
     */
    public static JobPlan of(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        PosteriorRecipe recipe = new PosteriorRecipe(settings);
        Optional<Subject> model = attempt(problems, recipe::subject);
        Optional<SequentialPosterior> posterior = model.flatMap(built -> {
            Optional<SummaryOptions> summary = attempt(problems, () -> recipe.summary(built));
            return attempt(problems, () -> built.posterior(settings, summary.orElse(SummaryOptions.of(settings.text("name")))));
        });
        SideInputs beside = SideInputs.of(settings, posterior, problems);
        Optional<SourceConnector> source = attempt(problems, () -> Sources.CATALOGUE.build(settings.struct("source")));
        Set<String> read = Stream.concat(source.stream(), beside.sources()).flatMap(s -> s.files().stream()).collect(Collectors.toSet());
        List<Destination> destinations = destinations(settings, Catalogues.SINKS, read, problems);
        Optional<DecodeSpec.TimeSource> time = attempt(problems, () -> FieldChoice.time(settings));
        Optional<PosteriorOptions> options = attempt(problems, () -> options(settings));
        if (!problems.isEmpty() || model.isEmpty() || source.isEmpty() || time.isEmpty() || options.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        DecodeSpec spec = new DecodeSpec(model.get().fields(), FieldChoice.key(settings), time.get());
        return new JobPlan(settings.text("name"), model.get(), recipe, options.get(), spec, source.get(),
                watermarks(settings, source.get().bounded()), settings.has("time"), beside, withFallbacks(destinations, model.get(), beside),
                new ConnectorContext(settings.text("name"), texts(settings.map("kafka", Object.class))),
                texts(settings.map("flink", Object.class)));
    }

    /** The sinks, none of which may write what another writes, or one of the files that are read. */
    static List<Destination> destinations(Settings settings, Catalogue<SinkConnector> catalogue, Set<String> read, List<Problem> problems) {
        List<Destination> destinations = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Settings sink : attempt(problems, () -> settings.list("sinks", Settings.class)).orElse(List.of())) {
            attempt(problems, () -> requireFilled(sink, settings));
            attempt(problems, () -> new Destination(sink.text("of"), requireFree(catalogue.build(sink), sink, read, taken))).ifPresent(destinations::add);
        }
        return destinations;
    }

    private static Settings requireFilled(Settings sink, Settings job) {
        String of = sink.text("of");
        if (of.equals("answers") && !job.has("questions")) {
            throw sink.problem("of", "needs a `questions` section: nobody asks");
        }
        if (of.equals("learned") && !job.has("learned") && !job.has("learn")) {
            throw sink.problem("of", "needs a `learned` or a `learn` section: nothing is learned");
        }
        return sink;
    }

    private static SinkConnector requireFree(SinkConnector sink, Settings settings, Set<String> read, Set<String> taken) {
        if (read.contains(sink.sole())) {
            throw settings.problem("path", "is a file that this job reads, and what it holds would be lost; write to another");
        }
        if (!sink.sole().isEmpty() && !taken.add(sink.sole())) {
            throw settings.problem("path", "is written by another sink of this job; give each its own");
        }
        return sink;
    }

    /** The same job with its summaries going to one other place. */
    public JobPlan withSummariesTo(SinkConnector sink) {
        List<Destination> others = new ArrayList<>(destinations);
        others.removeIf(destination -> destination.of().equals("summaries"));
        others.add(new Destination("summaries", sink));
        return new JobPlan(name, model, recipe, options, spec, source, watermarks, timed, beside, List.copyOf(others), context, flink);
    }

    /** The same job with its records from another place. */
    public JobPlan withSource(SourceConnector other) {
        return new JobPlan(name, model, recipe, options, spec, other, watermarks, timed, beside, destinations, context, flink);
    }

    /** Whether every input ends. */
    public boolean bounded() {
        return source.bounded() && beside.bounded();
    }

    /** Options of the section {@code sampler} that this job's recursion knows and does not read. */
    public Set<String> unusedOfSampler() {
        Set<String> unused = new HashSet<>(SamplerOptions.MOVING);
        unused.removeAll(recipe.get().samplerOptions());
        return unused;
    }

    /** Asks the outside systems whether the job could read and write. */
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>(source.check(context));
        problems.addAll(beside.check(context));
        destinations.forEach(destination -> problems.addAll(destination.sink().check(context)));
        return problems;
    }

    private static PosteriorOptions options(Settings settings) {
        Settings sampler = settings.struct("sampler");
        PosteriorOptions options = PosteriorOptions.defaults().withEmitEvery(sampler.count("emit-every"))
                .withForgetAfter(unlessOff(sampler, "ttl").orElse(Duration.ZERO));
        PosteriorOptions asked = settings.has("questions") ? options.withQuestions() : options;
        return settings.optionalStruct("time")
                .map(time -> asked.withLate(time.text("late").equals("assimilate")
                        ? PosteriorOptions.LatePolicy.ASSIMILATE : PosteriorOptions.LatePolicy.SET_ASIDE))
                .orElse(asked.withOrder(PosteriorOptions.Order.ARRIVAL));
    }

    private static WatermarkStrategy<Decoded> watermarks(Settings settings, boolean bounded) {
        return settings.optionalStruct("time")
                .map(time -> Watermarks.strategy(bounded, time.duration("out-of-orderness"), unlessOff(time, "idle-after")))
                .orElse(WatermarkStrategy.noWatermarks());
    }

    private static Optional<Duration> unlessOff(Settings settings, String key) {
        return settings.get(key) instanceof Duration duration ? Optional.of(duration) : Optional.empty();
    }

    /** What has no sink goes to standard error: no record leaves without a word. */
    private static List<Destination> withFallbacks(List<Destination> given, Subject model, SideInputs beside) {
        List<String> wanted = new ArrayList<>(List.of("dead-letters", "late", "rejected"));
        if (beside.questions().isPresent()) {
            wanted.add("answers");
        }
        if (model.raisesAlarms()) {
            wanted.add("alarms");
        }
        List<Destination> all = new ArrayList<>(given);
        for (String of : wanted) {
            if (given.stream().noneMatch(destination -> destination.of().equals(of))) {
                all.add(new Destination(of, Catalogues.SINKS.build(Settings.of("type", "stderr"))));
            }
        }
        return List.copyOf(all);
    }

    /** Flink and Kafka take texts; a list becomes one text, separated as Flink separates. */
    static Map<String, String> texts(Map<String, Object> section) {
        Map<String, String> texts = new LinkedHashMap<>();
        section.forEach((key, value) -> texts.put(key, value instanceof List<?> list
                ? String.join(";", list.stream().map(String::valueOf).toList())
                : String.valueOf(value)));
        return texts;
    }

    static <T> Optional<T> attempt(List<Problem> problems, Supplier<T> build) {
        try {
            return Optional.of(build.get());
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
