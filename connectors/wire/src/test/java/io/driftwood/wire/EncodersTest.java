package io.driftwood.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written is what the published schemas say, the same on every Java version, and comes back when read. */
class EncodersTest {

    private static final String SUMMARY = """
            {"schema":"driftwood/posterior-summary/v1","job":"oring","key":"all","seq":3,"event_time":"1981-11-12T00:00:00Z",\
            "parameters":{"intercept":{"mean":-1.5,"sd":0.25,"quantiles":{"0.05":-2.0,"0.5":-1.5,"0.95":-1.0}}},\
            "derived":{"p_fail":{"mean":0.1,"sd":2.0E-4,"quantiles":{"0.05":0.0,"0.5":0.1,"0.95":2.0E23}}},\
            "log_evidence":-3.25,"log_evidence_increment":-0.5,"log_evidence_se":0.01,"evidence_kind":"consistent",\
            "ess":812.5,"particles":1024,"acceptance":0.75,"moves":4,"tempering_steps":0,"resampled":true,\
            "rejected_non_finite":2,"missing":false,"state":"running","bias":null}""";

    private static PosteriorSummary summary() {
        return new PosteriorSummary(
                "oring", "all", 3, 374371200000L, new double[] {0.05, 0.5, 0.95},
                new Quantity[] {new Quantity("intercept", -1.5, 0.25, new double[] {-2, -1.5, -1})},
                new Quantity[] {new Quantity("p_fail", 0.1, 2e-4, new double[] {0, 0.1, 2e23})},
                -3.25, 0.01, -0.5, "consistent", 812.5, 1024, 0.75, 4, 0, true, 2, false, "running", "", null);
    }

    private static PosteriorSummary summaryWithoutNumbers() {
        return new PosteriorSummary(
                "j\"ob\n", "schlüssel 🌊", 0, Observation.NO_TIME, new double[] {1e-5, 0.025},
                new Quantity[] {new Quantity("a", Double.NaN, Double.NaN, new double[] {Double.NaN, Double.NEGATIVE_INFINITY})},
                new Quantity[0],
                Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, "score", Double.NaN, 0, Double.NaN, 0, 0, false, 0, true,
                "buffering", "Moves are not adjusted.",
                new PosteriorSummary.Samples(
                        new String[] {"a", "b"}, new double[][] {{1, 2}, {Double.NaN, 4}}, new double[] {0.25, 0.75}));
    }

    @Test
    void summary_isWrittenByteForByteAsPublished() {
        OutputRecord record = new SummaryEncoder().encode(summary());
        assertThat(text(record.value())).isEqualTo(SUMMARY);
        assertThat(text(record.key())).isEqualTo("all");
    }

    @Test
    void sample_isWrittenByteForByteAsPublished() {
        String[] names = {"x1", "größe"};
        OutputRecord record = new SampleEncoder().encode(new Sample("eight", 2, 5, 17, 0.25, Math.log(0.25), names, new double[] {-1.5, 2e23}));
        assertThat(text(record.value())).isEqualTo("{\"schema\":\"driftwood/sample/v1\",\"job\":\"eight\",\"chain\":2,\"lane\":5,\"draw\":17,"
                + "\"weight\":0.25,\"log_weight\":-1.3862943611198906,\"parameters\":{\"x1\":-1.5,\"größe\":2.0E23}}");
        assertThat(text(record.key())).isEqualTo("2");
        assertValid(PublishedSchema.SAMPLE, text(record.value()));
        String lost = text(new SampleEncoder().encode(new Sample("eight", 0, -1, 0, 0, Double.NEGATIVE_INFINITY, names, new double[2])).value());
        assertThat(lost).contains("\"log_weight\":null").doesNotContain("lane");
        assertValid(PublishedSchema.SAMPLE, lost);
    }

    @Test
    void summary_withoutNumbersHasNullsAndValidates() {
        String json = text(new SummaryEncoder().encode(summaryWithoutNumbers()).value());
        assertThat(json)
                .contains("\"event_time\":null", "\"mean\":null", "\"0.00001\":null,\"0.025\":null", "\"acceptance\":null")
                .contains("\"samples\":{\"weights\":[0.25,0.75],\"values\":{\"a\":[1.0,2.0],\"b\":[null,4.0]}}")
                .doesNotContain("NaN", "Infinity", "\n");
        assertValid(PublishedSchema.POSTERIOR_SUMMARY, json);
    }

    @Test
    void summary_comesBackWhenRead() throws Exception {
        SummaryDecoder decoder = new SummaryDecoder();
        SummaryEncoder encoder = new SummaryEncoder();
        for (PosteriorSummary sent : List.of(summary(), summaryWithoutNumbers(), summary())) {
            byte[] bytes = encoder.encode(sent).value();
            PosteriorSummary read = decoder.decode(bytes);
            assertThat(encoder.encode(read).value()).isEqualTo(bytes);
            assertThat(read).usingRecursiveComparison()
                    .withEqualsForType((a, b) -> a.equals(b) || !Double.isFinite(a) && !Double.isFinite(b), Double.class)
                    .ignoringFields("parameters.quantiles", "logEvidenceIncrement")
                    .isEqualTo(sent);
        }
    }

    @Test
    void summary_namesWhatWasLearnedOnlyWhereItWasServedByIt() throws Exception {
        PosteriorSummary served = summary().with(new LearnedVersion("prior", 12));
        String json = text(new SummaryEncoder().encode(served).value());
        assertThat(json).isEqualTo(SUMMARY.replace("\"bias\":null}", "\"bias\":null,\"learned\":{\"name\":\"prior\",\"version\":12}}"));
        assertValid(PublishedSchema.POSTERIOR_SUMMARY, json);
        assertThat(new SummaryDecoder().decode(bytes(json)).learned()).isEqualTo(new LearnedVersion("prior", 12));
    }

    @Test
    void decoder_refusesWhatIsNoSummaryAndSkipsWhatItDoesNotKnow() throws Exception {
        SummaryDecoder decoder = new SummaryDecoder();
        assertThatThrownBy(() -> decoder.decode(bytes("{\"schema\":\"driftwood/dead-letter/v1\"}")))
                .hasMessageContaining("driftwood/dead-letter/v1");
        assertThatThrownBy(() -> decoder.decode(bytes("[1]"))).hasMessageContaining("START_OBJECT");
        String later = SUMMARY.replace("\"job\"", "\"added\":{\"later\":[1,{\"x\":2}]},\"job\"");
        assertThat(decoder.decode(bytes(later)).key()).isEqualTo("all");
    }

    /** Every finite double must come back with all its bits: random bit patterns, 20,000 of them, seed 1. */
    @Test
    void numbers_comeBackBitForBit() throws Exception {
        Random bits = new Random(1);
        SummaryEncoder encoder = new SummaryEncoder();
        SummaryDecoder decoder = new SummaryDecoder();
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(bits.nextLong());
            PosteriorSummary sent = new PosteriorSummary(
                    "j", "k", 1, 0, new double[0], new Quantity[0], new Quantity[0], number, 0, 0, "exact", 0, 0, 0, 0, 0,
                    false, 0, false, "running", "", null);
            double read = decoder.decode(encoder.encode(sent).value()).logEvidence();
            assertThat(Double.doubleToLongBits(read))
                    .isEqualTo(Double.doubleToLongBits(Double.isFinite(number) ? number : Double.NaN));
        }
    }

    @Test
    void deadLetter_tellsWhereItStoodAndCarriesItsBytes() {
        RawRecord raw = RawRecord.of(bytes("k"), bytes("{\"a\":"), "readings-3", 17, 0);
        OutputRecord record = new DeadLetterEncoder().encode(new DeadLetter("Not JSON.", raw));
        assertThat(text(record.value())).isEqualTo("""
                {"schema":"driftwood/dead-letter/v1","reason":"Not JSON.","origin":"readings-3","offset":17,\
                "timestamp":"1970-01-01T00:00:00Z","key_base64":"aw==","raw_base64":"eyJhIjo=","raw_text":"{\\"a\\":",\
                "truncated":false,"length":5}""");
        assertThat(record.key()).isEqualTo(bytes("k"));
        assertValid(PublishedSchema.DEAD_LETTER, text(record.value()));
    }

    @Test
    void deadLetter_ofBinaryBytesHasNoText() {
        RawRecord raw = RawRecord.of(null, new byte[] {(byte) 0xC3, 0x28}, "f.csv", 1, Observation.NO_TIME);
        String json = text(new DeadLetterEncoder().encode(new DeadLetter("Binary.", raw)).value());
        assertThat(json).contains("\"raw_text\":null", "\"key_base64\":null", "\"timestamp\":null");
        assertValid(PublishedSchema.DEAD_LETTER, json);
    }

    /** The worst there is for size: control characters, each six bytes in a JSON text. */
    @Test
    void deadLetter_ofAHugeRecordFitsIntoAKafkaRecordAndKeepsWholeCharacters() {
        byte[] zeros = new byte[300_000];
        String json = text(new DeadLetterEncoder()
                .encode(new DeadLetter("Too large.", RawRecord.of(zeros, zeros, "t-0", 1, 0))).value());
        assertThat(json.length()).isLessThan(1024 * 1024 - 128);
        assertThat(json).endsWith("\"truncated\":true,\"length\":300000}");
        for (int shift = 0; shift < 4; shift++) {
            String waves = "x".repeat(shift) + "🌊".repeat(100_000);
            RawRecord record = RawRecord.of(null, bytes(waves), "t-0", 1, 0);
            String text = text(new DeadLetterEncoder().encode(new DeadLetter("Too large.", record)).value());
            assertThat(text.contains("\"raw_text\":\"" + "x".repeat(shift) + "🌊🌊")).isTrue();
            assertThat(text.contains("\uFFFD")).isFalse();
            assertValid(PublishedSchema.DEAD_LETTER, text);
        }
    }

    @Test
    void setAside_namesItsValuesAndTellsInfiniteFromMissing() {
        Observation observation = new Observation(
                "pump-7", 374371200123L, new double[] {1.5, Double.NaN, Double.NEGATIVE_INFINITY}, "f.csv", 9);
        OutputRecord record = new SetAsideEncoder(List.of("y", "a", "b"))
                .encode(new SetAside("rejected", "`b` is not finite", observation));
        assertThat(text(record.value())).isEqualTo("""
                {"schema":"driftwood/set-aside/v1","fate":"rejected","reason":"`b` is not finite","key":"pump-7",\
                "event_time":"1981-11-12T00:00:00.123Z","values":{"y":1.5,"a":null,"b":"-Infinity"},"origin":"f.csv","offset":9}""");
        assertValid(PublishedSchema.SET_ASIDE, text(record.value()));
    }

    @Test
    void schemas_refuseWhatIsMisspelt() {
        assertThat(errors(PublishedSchema.POSTERIOR_SUMMARY, SUMMARY)).isEmpty();
        assertThat(errors(PublishedSchema.POSTERIOR_SUMMARY, SUMMARY.replace("\"ess\"", "\"es\""))).isNotEmpty();
        assertThat(errors(PublishedSchema.POSTERIOR_SUMMARY, SUMMARY.replace("\"0.5\"", "\"0.50\""))).isNotEmpty();
        assertThat(errors(PublishedSchema.POSTERIOR_SUMMARY, SUMMARY.replace("812.5", "\"812.5\""))).isNotEmpty();
        assertThat(errors(PublishedSchema.POSTERIOR_SUMMARY, SUMMARY.replace("1981-11-12T", "1981-13-12T"))).isNotEmpty();
        for (PublishedSchema schema : PublishedSchema.values()) {
            assertThat(schema.text()).contains("\"const\": \"" + schema.id() + "\"");
        }
    }

    private static void assertValid(PublishedSchema schema, String json) {
        assertThat(errors(schema, json)).isEmpty();
    }

    private static java.util.Set<?> errors(PublishedSchema schema, String json) {
        JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema.text());
        return compiled.validate(json, InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
