/*
 * LD_PRELOAD library for the live tests. Orthanc and DCMTK listen on all addresses and cannot be told otherwise; here a
 * bind to the wildcard address goes to $LISTEN_ADDRESS (IPv4) instead, so that a test server is never reachable from outside.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

typedef int (*bind_function)(int, const struct sockaddr *, socklen_t);

static int bind_v4(bind_function real, int fd, const struct sockaddr_in *asked, struct in_addr address) {
  struct sockaddr_in wanted = *asked;
  if (wanted.sin_addr.s_addr == htonl(INADDR_ANY)) wanted.sin_addr = address;
  return real(fd, (const struct sockaddr *)&wanted, sizeof wanted);
}

/* An IPv6 wildcard socket takes IPv4 callers through a mapped address. */
static int bind_v6(bind_function real, int fd, const struct sockaddr_in6 *asked, struct in_addr address) {
  struct sockaddr_in6 wanted = *asked;
  int off = 0;
  if (IN6_IS_ADDR_UNSPECIFIED(&wanted.sin6_addr)) {
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    memset(&wanted.sin6_addr, 0, sizeof wanted.sin6_addr);
    wanted.sin6_addr.s6_addr[10] = wanted.sin6_addr.s6_addr[11] = 0xff;
    memcpy(wanted.sin6_addr.s6_addr + 12, &address, sizeof address);
  }
  return real(fd, (const struct sockaddr *)&wanted, sizeof wanted);
}

int bind(int fd, const struct sockaddr *address, socklen_t length) {
  bind_function real = (bind_function)dlsym(RTLD_NEXT, "bind");
  const char *text = getenv("LISTEN_ADDRESS");
  struct in_addr wanted;
  if (text == NULL || inet_pton(AF_INET, text, &wanted) != 1) return real(fd, address, length);
  if (address->sa_family == AF_INET && length >= sizeof(struct sockaddr_in)) return bind_v4(real, fd, (const struct sockaddr_in *)address, wanted);
  if (address->sa_family == AF_INET6 && length >= sizeof(struct sockaddr_in6)) return bind_v6(real, fd, (const struct sockaddr_in6 *)address, wanted);
  return real(fd, address, length);
}
