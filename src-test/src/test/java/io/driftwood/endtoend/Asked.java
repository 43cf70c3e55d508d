package io.driftwood.endtoend;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.jobs.topology.JobPlan;
import io.driftwood.wire.AnswerEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Questions to the job about the {@link Readings}, shuffled within the disorder that is allowed: at the event times of records and between them, one
 * before any record, some about a key that nobody has seen, some without a covariate; one line is no JSON.
 */
final class Asked {

    static final int QUESTIONS = 60;
    static final int REFUSED = 6;
    static final int MALFORMED = 33;

    private static final long BEGIN = Readings.list().get(0).observation().orElseThrow().eventTime();

    /** One line of the questions, and the question as it must be decoded but for where it comes from. */
    record Line(String json, Optional<Question> question) {}

    private Asked() {}

    static List<Line> lines() {
        List<Integer> order = new ArrayList<>(IntStream.range(0, QUESTIONS).boxed().toList());
        Random random = new Random(8);
        order.sort(Comparator.comparingInt(n -> 3 * n + random.nextInt(12)));
        List<Line> lines = new ArrayList<>();
        for (int n : order) {
            lines.add(lines.size() == MALFORMED ? new Line("{\"key\":\"sensor-1\",", Optional.empty()) : line(n, lines.size() + 1));
        }
        return lines;
    }

    private static Line line(int n, int offset) {
        String key = n % 20 == 19 ? "nobody" : "sensor-" + n % Readings.KEYS;
        long time = n == 0 ? BEGIN - 1 : BEGIN + 3400L * n / 500 * 500;
        double x = n % 10 == 9 ? Double.NaN : n / 20.0 - 1;
        String json = "{\"key\":\"" + key + "\",\"t\":" + time + ",\"x\":" + (Double.isNaN(x) ? "null" : String.valueOf(x)) + ",\"ask\":\"q" + n + "\"}";
        return new Line(json, Optional.of(new Question(key, time, "q" + n, new double[] {x}, "questions", offset)));
    }

    static Path write(Path file) throws Exception { return Files.write(file, lines().stream().map(Line::json).toList()); }

    /** What must be answered, one line each in order of (event time, key, offset), by a loop that knows neither Flink nor the connectors. */
    static List<String> answers(JobPlan plan, String origin) {
        SequentialPosterior posterior = plan.recipe().get();
        Scratch scratch = new Scratch();
        List<Observation> records = PlainLoop.inOrder(Readings.list());
        AnswerEncoder encoder = new AnswerEncoder(plan.name(), posterior.asks());
        Map<String, PosteriorState> states = new HashMap<>();
        List<String> answers = new ArrayList<>();
        int next = 0;
        for (Question asked : inOrder(origin)) {
            for (; next < records.size() && records.get(next).eventTime() <= asked.eventTime(); next++) {
                posterior.step(states.computeIfAbsent(records.get(next).key(), posterior::start), records.get(next), scratch);
            }
            PosteriorState state = states.getOrDefault(asked.key(), posterior.start(asked.key()));
            answers.add(new String(encoder.encode(posterior.answer(state, asked, scratch)).value(), StandardCharsets.UTF_8));
        }
        return answers;
    }

    private static List<Question> inOrder(String origin) {
        Stream<Question> questions = lines().stream().map(Line::question).flatMap(Optional::stream);
        return questions.map(q -> new Question(q.key(), q.eventTime(), q.id(), q.values(), origin, q.offset()))
                .sorted(Comparator.comparingLong(Question::eventTime).thenComparing(Question::key).thenComparingLong(Question::offset)).toList();
    }
}
