package io.driftwood.jobs.configuration;

import static io.driftwood.inference.catalogue.Option.optional;
import static io.driftwood.inference.catalogue.Option.required;
import static io.driftwood.inference.catalogue.Option.withDefault;
import static io.driftwood.inference.catalogue.Shape.anything;
import static io.driftwood.inference.catalogue.Shape.choice;
import static io.driftwood.inference.catalogue.Shape.count;
import static io.driftwood.inference.catalogue.Shape.duration;
import static io.driftwood.inference.catalogue.Shape.either;
import static io.driftwood.inference.catalogue.Shape.listOf;
import static io.driftwood.inference.catalogue.Shape.mapOf;
import static io.driftwood.inference.catalogue.Shape.number;
import static io.driftwood.inference.catalogue.Shape.struct;
import static io.driftwood.inference.catalogue.Shape.text;
import static io.driftwood.inference.catalogue.Shape.variant;
import static io.driftwood.inference.catalogue.Shape.variantOrClass;

import io.driftwood.connectors.Sources;
import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.denoise.stream.Denoisings;
import io.driftwood.inference.filter.Filters;
import io.driftwood.inference.learn.Learners;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a job's configuration may look like: the one tree behind the check, the JSON Schema, {@code list} and the reference pages. */
public final class JobShape {

    private static final Option OUT_OF_ORDERNESS =
            withDefault("out-of-orderness", duration(), "0s", "How much later than its successors a record may arrive.");

    public static final Shape.Struct ROOT = (Shape.Struct) struct(
            required("name", text("a name for the job"), "Name of the job, in every summary; also the prefix of consumer groups and transactions."),
            optional("operator", choice("posterior", "denoise"),
                    "What is done with the records of a key; without it `posterior`: what the model leaves open is learnt from them. `denoise`: they are noisy measurements of one x."),
            optional("model", variantOrClass(Catalogues.MODELS), "What is to be learnt: parameters that stand still, or a state that moves. For `posterior`, which needs it."),
            optional("denoise", new Shape.Struct(Denoisings.OPTIONS), "What is measured, and how. For `denoise`, which needs it."),
            withDefault("key", key(), Map.of("constant", "all"), "Whose posterior a record updates: a field of the record, or one constant for all."),
            optional("time", time(), "Event time of a record; without it records count in the order they arrive."),
            withDefault("sampler", sampler(), Map.of(), "The particles and how they move."),
            optional("history", variant(Histories.CATALOGUE),
                    "What of the past a move may look at; without it sufficient-statistics for a conjugate model, full otherwise."),
            optional("filter", variant(Filters.CATALOGUE), "How a moving state is followed; without it the best for the model. For state-space models only."),
            required("source", variant(Sources.CATALOGUE), "Where records come from."),
            optional("learned", learned(), "What is learned elsewhere and taken up without a restart, in force by event time."),
            optional("learn", learn(), "What this job itself learns from a training stream, or from its own far observations, and takes up."),
            optional("questions", questions(), "Questions to the posteriors, answered in order of event time."),
            withDefault("sinks", listOf(variant(Catalogues.SINKS)), List.of("stdout"), "Where summaries, dead letters, late and rejected records, answers, alarms and learned versions go."),
            withDefault("predict", listOf(prediction()), List.of(), "Derived quantities, summarised like parameters."),
            withDefault("flink", mapOf(anything()), Map.of(), "Flink's own configuration, passed through untouched."),
            withDefault("kafka", mapOf(anything()), Map.of(), "Properties of Kafka clients, passed through untouched."));

    private JobShape() {}

    /** {@link #ROOT} with the section required that this job's operator needs. */
    static Shape.Struct of(Map<String, ?> tree) {
        String needed = "denoise".equals(tree.get("operator")) ? "denoise" : "model";
        return new Shape.Struct(ROOT.options().stream()
                .map(option -> option.name().equals(needed) ? required(option.name(), option.shape(), option.help()) : option).toList());
    }

    private static Shape key() {
        return either(
                text("a field name"),
                struct(required("field", text("a field name"), "Field whose value is the key.")),
                struct(required("constant", text("a key"), "One key for all records.")),
                struct(required("from", choice("kafka-key"), "The key of the Kafka record.")));
    }

    private static Shape learned() {
        return struct(beside(source()));
    }

    private static Shape learn() {
        return struct(beside(
                optional("source", variant(Sources.CATALOGUE), "Where the training stream comes from; `tuned-path`, which learns from the job's own records, has none, and every other learner needs it."),
                required("learner", variant(Learners.CATALOGUE), "What learns from the training stream."),
                ownTime(),
                optional("every", count(), "Training records from one version to the next, without it 1000; or far observations, without it 8. The last version comes at the end of the input.")));
    }

    private static Shape questions() {
        return struct(beside(
                source(),
                optional("key", key(), "Whose posterior is asked; without it the key is found as in records."),
                optional("id", text("a field name"), "Field by whose value the answer is known; without it where the question came from."),
                ownTime()));
    }

    private static Option source() {
        return required("source", variant(Sources.CATALOGUE), "Where it comes from.");
    }

    private static Option ownTime() {
        return optional("time", either(
                        struct(required("field", text("a field name"), "Field with the event time."), timeFormat()),
                        struct(required("from", choice("kafka-timestamp"), "The timestamp of the Kafka record."))),
                "Its event time; without it as in records.");
    }

    /** What every input besides the records has, behind what is its own. */
    private static Option[] beside(Option... own) {
        return Stream.concat(Arrays.stream(own), Stream.of(OUT_OF_ORDERNESS, withDefault("idle-after", either(choice("auto", "off"), duration()), "auto",
                        "When its silence stops holding back the records; `auto` is off where it ends, and where it does not 2s for questions and 10s for learning."))).toArray(Option[]::new);
    }

    private static Option timeFormat() {
        return withDefault("format", text("iso, date, epoch-millis, epoch-seconds, or a pattern such as yyyy-MM-dd HH:mm"), "iso",
                "How it is written; without a zone it is read as UTC.");
    }

    private static Shape time() {
        Option[] order = {
            OUT_OF_ORDERNESS,
            withDefault("late", choice("set-aside", "assimilate"), "set-aside",
                    "A record behind the watermark goes to the late output, or is assimilated out of order."),
            withDefault("idle-after", either(choice("off"), duration()), "off",
                    "When a silent partition stops holding back the clock. It can make ordered data late.")};
        return either(
                structWith(order, required("field", text("a field name"), "Field with the event time."), timeFormat()),
                structWith(order, required("from", choice("kafka-timestamp"), "The timestamp of the Kafka record.")));
    }

    private static Shape structWith(Option[] more, Option... first) {
        return new Shape.Struct(Stream.concat(Arrays.stream(first), Arrays.stream(more)).toList());
    }

    /** The options of the inference room, and what summaries shall hold. */
    private static Shape sampler() {
        List<Option> options = new ArrayList<>(SamplerOptions.OPTIONS);
        options.add(withDefault("quantiles", listOf(Shape.openFraction()), List.of(0.05, 0.5, 0.95), "levels of the quantiles in summaries"));
        options.add(optional("samples",
                struct(
                        withDefault("every", count(), 1L, "with every so-many-th summary of a key"),
                        withDefault("count", count(), 100L, "how many particles")),
                "thinned weighted particles in the summaries; without it none"));
        options.add(withDefault("emit-every", count(), 1L, "a summary after every so-many-th observation of a key"));
        options.add(withDefault("ttl", either(choice("off"), duration()), "off",
                "forget a key that has been silent for this long, in event time; without a `time` section by the clock"));
        return new Shape.Struct(List.copyOf(options));
    }

    private static Shape prediction() {
        Shape name = text("a name");
        return either(
                struct(
                        required("name", name, "Name in the summaries."),
                        required("at", mapOf(number()), "Covariates at which the response is predicted: E[response | parameters, covariates].")),
                struct(
                        required("name", name, "Name in the summaries."),
                        required("of", text("a function of the parameters such as exp(alpha) / (1 + exp(alpha))"), "A function of the parameters.")));
    }
}
