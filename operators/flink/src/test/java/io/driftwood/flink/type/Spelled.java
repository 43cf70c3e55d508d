package io.driftwood.flink.type;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.StringJoiner;

/** A value spelled out to its last bit, so that records with arrays in them can be compared. */
final class Spelled {

    private Spelled() {}

    static String out(Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return String.valueOf(value);
        }
        if (value instanceof Double number) {
            return Long.toHexString(Double.doubleToRawLongBits(number));
        }
        if (value instanceof Map<?, ?> map) {
            return out(map.keySet().toArray()) + " = " + out(map.values().toArray());
        }
        return value.getClass().isArray() ? elements(value) : fields(value);
    }

    private static String elements(Object array) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Array.getLength(array); i++) {
            text.add(out(Array.get(array, i)));
        }
        return text.toString();
    }

    private static String fields(Object value) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                try {
                    field.setAccessible(true);
                    text.add(field.getName() + " = " + out(field.get(value)));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return text.toString();
    }
}
