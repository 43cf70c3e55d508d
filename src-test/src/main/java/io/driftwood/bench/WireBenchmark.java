package io.driftwood.bench;

import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.RawRecord;
import io.driftwood.wire.RecordDecoder;
import io.driftwood.wire.RecordFormat;
import io.driftwood.wire.SummaryDecoder;
import io.driftwood.wire.SummaryEncoder;
import io.driftwood.wire.TimeFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time to read one observation from its bytes and to write one summary as JSON, of models with a few and with many fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WireBenchmark {

    @Param({"3", "35"})
    public int fields;

    @Param({"epoch-millis", "iso"})
    public String time;

    private RecordDecoder json;
    private RecordDecoder csv;
    private RawRecord jsonRecord;
    private RawRecord csvRecord;
    private final SummaryEncoder encoder = new SummaryEncoder();
    private final SummaryDecoder decoder = new SummaryDecoder();
    private PosteriorSummary summary;
    private byte[] summaryBytes;

    @Setup
    public void setUp() {
        var names = IntStream.range(0, fields).mapToObj(i -> "feature_" + i).toList();
        DecodeSpec spec = new DecodeSpec(names, new DecodeSpec.KeySource.Field("key"),
                new DecodeSpec.TimeSource.Field("t", time.equals("iso") ? new TimeFormat.Iso() : new TimeFormat.EpochMillis()));
        var columns = new java.util.ArrayList<>(names);
        columns.add("key");
        columns.add("t");
        json = new RecordFormat.Json().decoder(spec);
        csv = new RecordFormat.Csv(columns, ',').decoder(spec);
        StringBuilder object = new StringBuilder("{\"key\":\"pump-7\"");
        StringBuilder line = new StringBuilder();
        SplittableRandom random = new SplittableRandom(1);
        for (String name : names) {
            double value = Math.round(random.nextDouble(-1, 1) * 1e5) / 1e5;
            object.append(",\"").append(name).append("\":").append(value);
            line.append(value).append(',');
        }
        String now = time.equals("iso") ? "2026-01-31T12:00:00.250Z" : "1769860800250";
        String quoted = time.equals("iso") ? "\"" + now + "\"" : now;
        jsonRecord = record(object.append(",\"t\":").append(quoted).append('}').toString());
        csvRecord = record(line.append("pump-7,").append(now).toString());
        summary = summary(random);
        summaryBytes = encoder.encode(summary).value();
        if (!(json.decode(jsonRecord) instanceof Decoded.Read) || !(csv.decode(csvRecord) instanceof Decoded.Read)) {
            throw new IllegalStateException("the benchmark's records must be readable");
        }
    }

    private static RawRecord record(String text) {
        return RawRecord.of(null, text.getBytes(StandardCharsets.UTF_8), "readings-0", 42, 0);
    }

    private PosteriorSummary summary(SplittableRandom random) {
        Quantity[] parameters = IntStream.range(0, fields)
                .mapToObj(i -> new Quantity("feature_" + i, random.nextDouble(), random.nextDouble(), random.doubles(3).toArray()))
                .toArray(Quantity[]::new);
        return new PosteriorSummary("bench", "pump-7", 42, 1769860800250L, new double[] {0.05, 0.5, 0.95}, parameters, new Quantity[0],
                random.nextDouble(), random.nextDouble(), random.nextDouble(), "consistent", random.nextDouble(), 1024,
                random.nextDouble(), 3, 0, true, 0, false, "running", "", null);
    }

    @Benchmark
    public Decoded decodeJson() { return json.decode(jsonRecord); }

    @Benchmark
    public Decoded decodeCsv() { return csv.decode(csvRecord); }

    @Benchmark
    public OutputRecord encodeSummary() { return encoder.encode(summary); }

    @Benchmark
    public PosteriorSummary decodeSummary() throws IOException { return decoder.decode(summaryBytes); }
}
