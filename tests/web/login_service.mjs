// A ministry's login service (OpenID Connect) on this machine: it signs in whoever the test says that sits there.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function tokenOf(claims, key) {
  const message = `${encode({ alg: 'EdDSA', kid: 'k' })}.${encode(claims)}`;
  return `${message}.${sign(null, Buffer.from(message), key).toString('base64url')}`;
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return new URLSearchParams(text);
}

export async function startLoginService() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const logins = new Map();
  const service = { issuer: '', person: undefined, sendsBackTo: '' };

  function authorize(asked) {
    const code = randomUUID();
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: service.issuer, aud: asked.get('client_id'), nonce: asked.get('nonce'), iat: now, exp: now + 300, ...service.person };
    logins.set(code, { challenge: asked.get('code_challenge'), claims });
    return `${service.sendsBackTo}?${new URLSearchParams({ code, state: asked.get('state') })}`;
  }

  /** A code is good once, for whoever knows the verifier. */
  function trade(form) {
    const login = logins.get(form.get('code'));
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (!login || challenge !== login.challenge) return { error: 'invalid_grant' };
    logins.delete(form.get('code'));
    return { token_type: 'Bearer', id_token: tokenOf(login.claims, privateKey) };
  }

  const http = createServer(async (request, response) => {
    const url = new URL(request.url, service.issuer);
    if (url.pathname === '/authorize') return response.writeHead(303, { Location: authorize(url.searchParams) }).end();
    const answers = {
      '/.well-known/openid-configuration': () => ({
        issuer: service.issuer,
        authorization_endpoint: `${service.issuer}/authorize`,
        token_endpoint: `${service.issuer}/token`,
        jwks_uri: `${service.issuer}/keys`,
      }),
      '/keys': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k' }] }),
      '/token': async () => trade(await bodyOf(request)),
    };
    const answer = await answers[url.pathname]?.();
    response.writeHead(answer && !answer.error ? 200 : 400, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', resolve));
  service.issuer = `http://127.0.0.1:${http.address().port}`;
  service.stop = () => new Promise((resolve) => http.close(resolve).closeAllConnections?.());
  return service;
}
