package dev.storewatch.http;

import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The forms of answers, which are only those that are meant: a library on the class path that can
 * write YAML is not a reason to offer it.
 */
@Component
final class AnswerForms implements WebMvcConfigurer {
  private static final MediaType YAML = MediaType.valueOf("application/yaml");

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.configureMessageConvertersList(
        list -> list.removeIf(converter -> converter.getSupportedMediaTypes().contains(YAML)));
  }
}
