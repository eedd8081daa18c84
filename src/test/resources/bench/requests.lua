-- The workloads of scripts/bench; the arguments are the name of a workload and the number of the run.
local instances = 10000
local workload, run, count = "", 0, 0

-- The document of an instance differs in its time only.
local function document(n)
  return string.format(
    '{"ip":"10.1.%d.%d","port":8080,"zone":"eu-1","version":"1.4.2","updated_at":%d}',
    math.floor(n / 250) % 250, n % 250, 1700000000000 + count)
end

local function put(service, n)
  return wrk.format("PUT", "/" .. service .. "-" .. math.floor(n / 100) .. "/i-" .. n, nil, document(n))
end

local function heartbeat()
  return put("bench", count % instances)
end

local function lookup(size)
  return wrk.format("GET", "/size-" .. size)
end

local requests = {
  HEARTBEAT = heartbeat,
  REGISTER = function() return put("new-" .. run, count) end,
  LOOKUP_10 = function() return lookup(10) end,
  LOOKUP_100 = function() return lookup(100) end,
  LOOKUP_1000 = function() return lookup(1000) end,
  NOT_MODIFIED = function() return wrk.format("GET", "/size-100", {["If-None-Match"] = "*"}) end,
  RECONNECT = function() return wrk.format("GET", "/size-10", {["Connection"] = "close"}) end,
  MIXED = function() return count % 10 == 0 and lookup(100) or heartbeat() end,
}

function init(args)
  workload, run = args[1], args[2]
end

function request()
  count = count + 1
  return requests[workload]()
end

function done(summary, latency)
  local e = summary.errors
  print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), latency.max))
end
