package io.driftwood.jobs.topology;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.learned.Learner;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.DecodeSpec.Content;
import io.driftwood.wire.RecordFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What enters a job besides its records: the {@code learned}, {@code learn} and {@code questions} sections.
 *
 * @param learned versions of something learned elsewhere
 * @param training learning inside the job
 */
public record SideInputs(Optional<SideInput> learned, Optional<Training> training, Optional<SideInput> questions) {

    /** @param posterior the job's, when it could be built */
    static SideInputs of(Settings job, Optional<SequentialPosterior> posterior, List<Problem> problems) {
        if (job.has("learned") && job.has("learn")) {
            problems.add(Problem.at("learn", null, "stands beside `learned`; what is learned comes either from outside or from this job"));
        }
        return new SideInputs(
                beside("learned", job, problems, section -> learned(section, job.has("time"), problems)),
                beside("learn", job, problems, section -> training(section, job, posterior, problems)),
                beside("questions", job, problems, section -> questions(section, job, posterior, problems)));
    }

    private static <T> Optional<T> beside(String name, Settings job, List<Problem> problems, Function<Settings, Optional<T>> build) {
        return JobPlan.attempt(problems, () -> job.optionalStruct(name).flatMap(build)).flatMap(built -> built);
    }

    /** Training records from one version to the next where nothing is said, and far observations. */
    private static final int RECORDS_A_VERSION = 1000;
    private static final int FAR_RECORDS_A_VERSION = 8;

    private static Optional<SideInput> learned(Settings section, boolean timed, List<Problem> problems) {
        Optional<SourceConnector> source = SideInput.source(section, problems);
        if (source.isPresent() && !(source.get().format() instanceof RecordFormat.Json)) {
            problems.add(Problem.at(section.pathOf("source"), null, "must be JSON: what is learned has no form in CSV"));
        }
        return source.map(s -> SideInput.of(s, DecodeSpec.learned(), section, timed, SideInput.SILENCE_OF_LEARNING));
    }

    private static Optional<Training> training(Settings section, Settings job, Optional<SequentialPosterior> posterior, List<Problem> problems) {
        Optional<Training.Recipe> recipe = JobPlan.attempt(problems, () -> new Training.Recipe(section.struct("learner")));
        Optional<Learner> learner = recipe.flatMap(read -> JobPlan.attempt(problems, read::get));
        if (learner.isPresent() && learner.get().fromFarSteps()) {
            return fromOwnRecords(section, recipe.get(), job, posterior, problems);
        }
        if (!section.has("source")) {
            problems.add(Problem.at(section.pathOf("source"), null, "is missing, and this learner learns from a training stream"));
            return Optional.empty();
        }
        Optional<SourceConnector> source = SideInput.source(section, problems);
        Optional<DecodeSpec.TimeSource> time = JobPlan.attempt(problems, () -> time(section, job));
        if (source.isEmpty() || learner.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        List<String> fields = learner.get().fields();
        DecodeSpec spec = new DecodeSpec(fields, new DecodeSpec.KeySource.Constant("training"), time.get());
        SideInput input = SideInput.of(source.get(), spec, section, job.has("time"), SideInput.SILENCE_OF_LEARNING);
        return Optional.of(new Training(Optional.of(input), recipe.get(), fields, every(section, RECORDS_A_VERSION)));
    }

    private static Optional<Training> fromOwnRecords(
            Settings section, Training.Recipe recipe, Settings job, Optional<SequentialPosterior> posterior, List<Problem> problems) {
        for (String key : List.of("source", "time")) {
            if (section.has(key)) {
                problems.add(Problem.at(section.pathOf(key), null, "is of no use to this learner, which learns from the job's own records"));
            }
        }
        if (posterior.isEmpty()) {
            return Optional.empty();
        }
        FarRecipe far = new FarRecipe(job);
        return JobPlan.attempt(problems, () -> far.fields(posterior.get()))
                .map(fields -> new Training(Optional.empty(), recipe, fields, every(section, FAR_RECORDS_A_VERSION)));
    }

    private static int every(Settings section, int usual) {
        return section.has("every") ? section.count("every") : usual;
    }

    private static Optional<SideInput> questions(
            Settings section, Settings job, Optional<SequentialPosterior> posterior, List<Problem> problems) {
        Optional<SourceConnector> source = SideInput.source(section, problems);
        Optional<DecodeSpec.TimeSource> time = JobPlan.attempt(problems, () -> time(section, job));
        if (source.isEmpty() || posterior.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        DecodeSpec spec = new DecodeSpec(posterior.get().asks(), FieldChoice.key(section.has("key") ? section : job), time.get(),
                new Content.Questions(section.optionalText("id").orElse("")));
        return Optional.of(SideInput.of(source.get(), spec, section, job.has("time"), SideInput.SILENCE_OF_QUESTIONS));
    }

    /** The section's own time, or else that of the records; none where these have none. */
    private static DecodeSpec.TimeSource time(Settings section, Settings job) {
        if (section.has("time") && !job.has("time")) {
            throw section.problem("time", "is of no use in a job without a `time` section, where everything counts in the order it arrives");
        }
        return FieldChoice.time(section.has("time") ? section : job);
    }

    private Stream<SideInput> all() {
        return Stream.of(learned, training.flatMap(Training::input), questions).flatMap(Optional::stream);
    }

    Stream<SourceConnector> sources() {
        return all().map(SideInput::source);
    }

    boolean bounded() {
        return all().allMatch(input -> input.source().bounded());
    }

    List<Problem> check(ConnectorContext context) {
        List<Problem> problems = new ArrayList<>();
        all().forEach(input -> problems.addAll(input.source().check(context)));
        return problems;
    }
}
