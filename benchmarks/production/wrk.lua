-- Asks for one page again and again: `warm`, or `cold` with another meaningless query each time, which no store can hold.
-- Where the address has braces, `cold` puts the number there.
-- Counts what was sent and how it was answered; benchmarks/production/load.py reads the last line.

local thread
sent, hits, wrong, status = 0, 0, 0, 0

function setup(only)
  thread = only
end

function init(arguments)
  if arguments[1] == "cold" then
    local query = wrk.path:find("?", 1, true) and "&" or "?"
    cold = wrk.path:find("{}", 1, true) and wrk.path or wrk.path .. query .. "nothing={}"
    number = tonumber(arguments[2])
  else
    same = wrk.format()
  end
end

function request()
  sent = sent + 1
  return same or wrk.format(nil, (cold:gsub("{}", number + sent)))
end

function response(answer, headers)
  if answer ~= 200 and answer ~= 304 then
    wrong, status = wrong + 1, answer
  end
  local said = headers["Cache-Status"]
  if said and said:find("; hit", 1, true) then
    hits = hits + 1
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"sent": %d, "answered": %d, "seconds": %f, "p50": %f, "p99": %f, "hits": %d, "wrong": %d, "status": %d, "errors": %d}\n',
    -- wrk makes one request more, to look at it.
    thread:get("sent") - 1, summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    thread:get("hits"), thread:get("wrong"), thread:get("status"),
    errors.connect + errors.read + errors.write + errors.timeout
  ))
end
