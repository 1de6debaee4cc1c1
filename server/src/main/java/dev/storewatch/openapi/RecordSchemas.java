package dev.storewatch.openapi;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says of the records that requests and answers are made of which fields may be null, and that all
 * others are there: what {@code @Nullable} says to the compiler.
 */
@SuppressWarnings("rawtypes") // as the library's own signatures are
final class RecordSchemas {
  private final Map<String, Class<?>> records;

  RecordSchemas(Map<String, Class<?>> records) {
    this.records = records;
  }

  /** Completes the schemas of records, and drops those that no call uses. */
  void complete(OpenAPI document) {
    Map<String, Schema> schemas = document.getComponents().getSchemas();
    SchemaUse use = SchemaUse.of(document);
    schemas.keySet().removeIf(name -> !use.includes(name));
    schemas.forEach(
        (name, schema) -> {
          Class<?> record = record(name);
          if (schema.getProperties() != null) {
            complete(schema, record, use.asked().contains(name));
          }
        });
  }

  private Class<?> record(String name) {
    Class<?> record = records.get(name);
    if (record == null) {
      throw new IllegalStateException(
          "%s is in the description of the interface, but no handler leads to its record"
              .formatted(name));
    }
    return record;
  }

  /**
   * Completes the schema of a record. An answer has every field, though it be null, unless the
   * record says otherwise; a request may leave out what may be null.
   */
  private static void complete(Schema<?> schema, Class<?> record, boolean asked) {
    boolean leavesNullsOut = record.isAnnotationPresent(JsonInclude.class);
    Set<String> required = new TreeSet<>(schema.getProperties().keySet());
    for (RecordComponent component : record.getRecordComponents()) {
      String name = name(component);
      Schema<?> property = schema.getProperties().get(name);
      if (property == null || !mayBeNull(component)) {
        continue;
      }
      if (asked || leavesNullsOut) {
        required.remove(name);
      }
      if (!leavesNullsOut) {
        schema.getProperties().put(name, orNull(property));
      }
    }
    schema.setRequired(List.copyOf(required));
    ignored(record).forEach(name -> schema.addProperty(name, ignoredProperty()));
    if (!takesOthers(record)) {
      schema.setAdditionalProperties(false);
    }
  }

  /**
   * A field of a request that must be there may be null in the code all the same, where that is
   * answered in our own words.
   */
  private static boolean mayBeNull(RecordComponent component) {
    io.swagger.v3.oas.annotations.media.Schema said =
        component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && (said == null || said.requiredMode() != RequiredMode.REQUIRED);
  }

  private static boolean takesOthers(Class<?> record) {
    JsonIgnoreProperties ignored = record.getAnnotation(JsonIgnoreProperties.class);
    return ignored != null && ignored.ignoreUnknown();
  }

  /** Returns the fields that a request may have and that say nothing. */
  private static List<String> ignored(Class<?> record) {
    JsonIgnoreProperties ignored = record.getAnnotation(JsonIgnoreProperties.class);
    return ignored == null ? List.of() : List.of(ignored.value());
  }

  private static Schema<?> ignoredProperty() {
    Schema<Object> property = new Schema<>();
    property.setReadOnly(true);
    property.setDescription("Cannot be set: ignored when what was shown is sent back");
    return property;
  }

  private static String name(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty()
        ? snakeCase(component.getName())
        : named.value();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() == null) {
      property.addType("null");
      allowNull(property);
      return property;
    }
    Schema<Object> none = new Schema<>();
    none.addType("null");
    Schema<Object> either = new Schema<>();
    either.setAnyOf(List.of(property, none));
    return either;
  }

  private static <T> void allowNull(Schema<T> property) {
    List<T> values = property.getEnum();
    if (values != null && !values.contains(null)) {
      List<T> all = new ArrayList<>(values);
      all.add(null);
      property.setEnum(all);
    }
  }
}
