#ifndef EPEL_COMPOSE_CCURL_SHIM_H
#define EPEL_COMPOSE_CCURL_SHIM_H

#include <curl/curl.h>

/*
 * curl_easy_setopt and curl_easy_getinfo take variable arguments, which Swift
 * cannot call: one function for each type of argument that is used.
 */

static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode ccurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

/* Strings and other data that libcurl reads: strings are copied by it. */
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, const void *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*ccurl_receive)(char *bytes, size_t size, size_t count, void *context);
typedef int (*ccurl_progress)(void *context, curl_off_t total, curl_off_t now,
                              curl_off_t upload_total, curl_off_t upload_now);

static inline CURLcode ccurl_set_receive(CURL *handle, CURLoption option, ccurl_receive function) {
  return curl_easy_setopt(handle, option, function);
}

static inline CURLcode ccurl_set_progress(CURL *handle, ccurl_progress function) {
  return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, function);
}

static inline long ccurl_get_long(CURL *handle, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(handle, info, &value);
  return value;
}

static inline CURLcode ccurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

/* The result belongs to the handle, and lives until its next transfer. */
static inline const char *ccurl_get_string(CURL *handle, CURLINFO info) {
  const char *value = NULL;
  curl_easy_getinfo(handle, info, &value);
  return value;
}

/* CURL_GLOBAL_ALL is a macro that Swift does not see. */
static inline CURLcode ccurl_begin(void) { return curl_global_init(CURL_GLOBAL_ALL); }

/* So is the set of HTTP authentication methods. */
static inline CURLcode ccurl_set_negotiate(CURL *handle) {
  return curl_easy_setopt(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_NEGOTIATE);
}

#endif
