package io.driftwood.wire;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.Question;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts an observation or a question together from the fields that a parser meets, or says why it cannot. One field may serve as number, key,
 * time and id at once. Holds the first problem only; what is offered afterwards is ignored.
 *
 * <p>A slot is one distinct name of the {@link DecodeSpec}; {@link #NONE} is a field nobody asked for.
 */
final class Assembler {

    static final int NONE = -1;
    private static final int EXCERPT = 40;

    private final DecodeSpec spec;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> slots = new HashMap<>();
    private final int[] valueOfSlot;
    private final int keySlot;
    private final int timeSlot;
    private final int idSlot;
    private final TimeReader times;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    private final boolean[] seen;
    private RawRecord record;
    private double[] values;
    private String key;
    private String id;
    private long eventTime;
    private String problem;

    Assembler(DecodeSpec spec) {
        this.spec = spec;
        spec.fields().forEach(this::slotFor);
        keySlot = spec.key() instanceof DecodeSpec.KeySource.Field field ? slotFor(field.name()) : NONE;
        timeSlot = spec.time() instanceof DecodeSpec.TimeSource.Field field ? slotFor(field.name()) : NONE;
        idSlot = spec.content() instanceof DecodeSpec.Content.Questions questions && questions.id().isPresent()
                ? slotFor(questions.id().get()) : NONE;
        times = spec.time() instanceof DecodeSpec.TimeSource.Field field ? TimeReader.of(field.format()) : null;
        valueOfSlot = new int[names.size()];
        Arrays.fill(valueOfSlot, NONE);
        for (int i = 0; i < spec.fields().size(); i++) {
            valueOfSlot[slots.get(spec.fields().get(i))] = i;
        }
        seen = new boolean[names.size()];
    }

    private int slotFor(String name) {
        return slots.computeIfAbsent(name, absent -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    int slot(String name) {
        Integer slot = slots.get(name);
        return slot == null ? NONE : slot;
    }

    List<String> names() {
        return names;
    }

    boolean failed() {
        return problem != null;
    }

    void fail(String reason) {
        if (problem == null) {
            problem = reason;
        }
    }

    /** Begins a record. False when it needs no parsing, because its size alone refuses it. */
    boolean start(RawRecord next) {
        record = next;
        values = new double[spec.fields().size()];
        key = null;
        id = null;
        eventTime = Observation.NO_TIME;
        problem = null;
        Arrays.fill(seen, false);
        if (next.isTruncated()) {
            fail(tooLong(next));
        } else if (next.length() == 0) {
            fail("The record is empty.");
        }
        return problem == null;
    }

    static String tooLong(RawRecord record) {
        return "The record has " + record.length() + " bytes, more than `max-record-bytes` allows; its first " + record.value().length + " are kept.";
    }

    /** A slot may be filled once a record. */
    void meet(int slot) {
        if (seen[slot]) {
            fail("The field `" + names.get(slot) + "` stands twice in the record.");
        }
        seen[slot] = true;
    }

    void missing(int slot) {
        meet(slot);
        if (valueOfSlot[slot] != NONE) {
            values[valueOfSlot[slot]] = Double.NaN;
        }
        if (slot == keySlot) {
            fail("The key field `" + names.get(slot) + "` is empty.");
        }
        if (slot == timeSlot) {
            fail("The time field `" + names.get(slot) + "` is empty.");
        }
        if (slot == idSlot) {
            fail("The id field `" + names.get(slot) + "` is empty.");
        }
    }

    /** @param text how the number is written; asked for only where it is needed */
    void number(int slot, double number, Text text) throws java.io.IOException {
        meet(slot);
        if (valueOfSlot[slot] != NONE) {
            if (Double.isInfinite(number) && isDigits(text.get())) {
                fail("The number in the field `" + names.get(slot) + "` is too large: " + excerpt(text.get()) + ".");
            }
            values[valueOfSlot[slot]] = number;
        }
        if (slot == keySlot) {
            key = text.get();
        }
        if (slot == timeSlot) {
            time(slot, times.ofNumber(number, text.get()), text.get());
        }
        if (slot == idSlot) {
            id = text.get();
        }
    }

    void truth(int slot, boolean truth) {
        meet(slot);
        if (valueOfSlot[slot] != NONE) {
            values[valueOfSlot[slot]] = truth ? 1 : 0;
        }
        if (slot == keySlot) {
            key = Boolean.toString(truth);
        }
        if (slot == timeSlot) {
            time(slot, Observation.NO_TIME, Boolean.toString(truth));
        }
        if (slot == idSlot) {
            id = Boolean.toString(truth);
        }
    }

    /** @param number what the text says as a number, for formats in which every value is text */
    void text(int slot, String text, Spelled number) {
        meet(slot);
        if (valueOfSlot[slot] != NONE) {
            if (number.isNumber()) {
                values[valueOfSlot[slot]] = number.value();
            } else {
                fail("The field `" + names.get(slot) + "` must be a number" + number.butIs(excerpt(text)));
            }
        }
        if (slot == keySlot) {
            key = text;
            if (text.isEmpty()) {
                fail("The key field `" + names.get(slot) + "` is empty.");
            }
        }
        if (slot == timeSlot) {
            time(slot, times.ofText(text), text);
        }
        if (slot == idSlot) {
            id = text;
        }
    }

    void wrongKind(int slot, String kind) {
        meet(slot);
        fail("The field `" + names.get(slot) + "` must be "
                + (valueOfSlot[slot] != NONE ? "a number" : slot == timeSlot ? times.wanted() : "a text or a number")
                + " and is " + kind + ".");
    }

    private void time(int slot, long millis, String text) {
        if (millis == Observation.NO_TIME) {
            fail("The time field `" + names.get(slot) + "` must be " + times.wanted() + " and is \"" + excerpt(text) + "\".");
        }
        eventTime = millis;
    }

    Decoded finish() {
        for (int slot = 0; problem == null && slot < seen.length; slot++) {
            if (!seen[slot]) {
                fail("The field `" + names.get(slot) + "` is missing.");
            }
        }
        if (problem == null && spec.key() instanceof DecodeSpec.KeySource.Constant constant) {
            key = constant.key();
        }
        if (problem == null && spec.key() instanceof DecodeSpec.KeySource.OfRecord) {
            readRecordKey();
        }
        if (problem == null && spec.time() instanceof DecodeSpec.TimeSource.OfRecord) {
            eventTime = record.timestamp();
        }
        return problem == null ? content() : new Decoded.Unreadable(new DeadLetter(problem, record));
    }

    private Decoded content() {
        if (spec.content() instanceof DecodeSpec.Content.Observations) {
            return new Decoded.Read(new Observation(key, eventTime, values, record.origin(), record.offset()));
        }
        String known = id == null ? record.origin() + "@" + record.offset() : id;
        return new Decoded.Asked(new Question(key, eventTime, known, values, record.origin(), record.offset()));
    }

    private void readRecordKey() {
        if (record.key().length == 0) {
            fail("The record has no key.");
            return;
        }
        try {
            key = utf8.decode(ByteBuffer.wrap(record.key())).toString();
        } catch (CharacterCodingException e) {
            fail("The key of the record is not UTF-8 text.");
        }
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1));
    }

    static String excerpt(String text) {
        return excerpt(text, EXCERPT);
    }

    static String excerpt(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }

    /** The text of a token, made only when somebody reads it. */
    interface Text {
        String get() throws java.io.IOException;
    }
}
