import{bW as Wt,a as b,bX as zn,bY as Hn,bZ as Xn,l as P,b_ as Io,b$ as pn,s as E,c0 as At,c1 as Mt,c2 as ye,N as z,c3 as hn,c4 as Kn,p as Pe,c5 as No,c6 as fn,K as Eo,D as ko,e as ue,n as xe,d as Gt,f as xt,c7 as mn,c8 as Oo,w as vt,i as Ao,b as Po,g as jn,c9 as Do,ca as Fo,cb as _o,cc as Lo,r as Bo,m as q,cd as Vo,ce as Uo,L as Wo,az as Je,P as Mo,ab as Oe,cf as Go,j as zo,k as Ho,cg as Xo,v as K,ch as zt,at as Ko,ci as jo,_ as qo,cj as Yo,A as Qo,q as Jo,ck as Zo,t as ea,u as ta,y as na,z as sa,C as oa,F as aa,G as ra,H as ia,I as ca,J as ua,M as la,O as da,Q as pa,S as ha,B as fa,T as ma,cl as xa,U as ga,V as Ca,cm as ba,W as va,cn as $a,co as Ra,cp as ya,cq as wa,cr as Sa,X as Ta,Y as Ia,Z as Na,$ as Ea,a0 as ka,a2 as Oa,a3 as Aa,a4 as Pa,a5 as Da,a6 as Fa,a7 as _a,a8 as La,a9 as Ba,aa as Va,ad as Ua,ae as Wa,af as Ma,ag as Ga,ah as za,ai as Ha,aj as Xa,ak as Ka,au as ja,E as qa,av as Ya,cs as Qa,aw as Ja,ct as Za,ax as er,cu as tr,aA as nr,aB as sr,aC as or,al as ar,aD as rr,cv as ir,cw as cr,cx as ur,aE as lr,aF as dr,aG as pr,aH as hr,cy as fr,cz as mr,aI as xr,aJ as gr,aK as Cr,aL as br,cA as vr,cB as $r,aM as Rr,cC as yr,aN as wr,aO as Sr,aP as Tr,aQ as Ir,aR as Nr,aS as Er,aT as kr,cD as Or,aU as Ar,aV as Pr,aW as Dr,aX as Fr,aY as _r,aZ as Lr,a_ as Br,cE as Vr,a$ as Ur,b1 as Wr,ay as Mr,cF as Gr,b2 as zr,b3 as Hr,cG as Xr,b4 as Kr,b5 as jr,b6 as qr,b7 as Yr,b8 as Qr,b9 as Jr,ba as Zr,bb as ei,bc as ti,bd as ni,cH as si,be as oi,bf as ai,bg as ri,bh as ii,bi as ci,R as ui,h as li,bj as di,bk as pi,bl as hi,bm as fi,bn as mi,bo as xi,bp as gi,cI as Ci,bq as bi,br as vi,bs as $i,bt as Ri,cJ as yi,bu as wi,bv as Si,bw as Ti,bx as Ii,by as Ni,bz as Ei,bA as ki,bB as Oi,bC as Ai,bD as Pi,bE as Di,cK as Fi,bF as _i,cL as Li,cM as Bi,bG as Vi,bH as Ui,bI as Wi,bJ as Mi,bK as Gi,bL as zi,bM as Hi,bN as Xi,bO as Ki,bP as ji,bQ as qi,bS as Yi,bT as Qi,bU as Ji,bV as Zi}from"./keras-s2s-open-model.js";import{a3 as ec,m as xn,a4 as Pt,a5 as Ht,g as ne,b as se,c as re,d as pe,e as he,f as Ze,h as et,i as $t,a6 as tc,a7 as nc,a8 as sc,a9 as oc,j as qn,k as Yn,l as Qn,n as ac,o as rc,q as Ae,p as ic,t as Rt,u as fe,v as Xt,w as Jn,x as cc,y as uc,z as lc,A as dc,B as pc,C as hc,I as fc,H as mc,G as xc,F as gc,D as Cc,E as bc,Q as vc,R as $c,T as Rc,U as Kt,W as yc,V as wc,X as Sc,Y as Tc,Z as Ic,aa as Nc,ab as Ec}from"./kernels-unique_impl.js";import{ac as kc,q as Oc,v as Ac,w as Pc}from"./kernels-shared.js";import{w as Dc}from"./kernels-where_impl.js";import{z as Fc}from"./kernels-zeros.js";import"./keras-s2s-failures.js";const _c="model",Lc=".json",Bc=".weights.bin";function gn(n){return new Promise(e=>setTimeout(e)).then(n)}class be{constructor(e){if(!b().getBool("IS_BROWSER"))throw new Error("browserDownloads() cannot proceed because the current environment is not a browser.");e.startsWith(be.URL_SCHEME)&&(e=e.slice(be.URL_SCHEME.length)),(e==null||e.length===0)&&(e=_c),this.modelJsonFileName=e+Lc,this.weightDataFileName=e+Bc}async save(e){if(typeof document>"u")throw new Error("Browser downloads are not supported in this environment since `document` is not present");const t=zn.join(e.weightData),s=window.URL.createObjectURL(new Blob([t],{type:"application/octet-stream"}));if(e.modelTopology instanceof ArrayBuffer)throw new Error("BrowserDownloads.save() does not support saving model topology in binary formats yet.");{const o=[{paths:["./"+this.weightDataFileName],weights:e.weightSpecs}],a=Hn(e,o),r=window.URL.createObjectURL(new Blob([JSON.stringify(a)],{type:"application/json"})),c=this.modelJsonAnchor==null?document.createElement("a"):this.modelJsonAnchor;if(c.download=this.modelJsonFileName,c.href=r,await gn(()=>c.dispatchEvent(new MouseEvent("click"))),e.weightData!=null){const i=this.weightDataAnchor==null?document.createElement("a"):this.weightDataAnchor;i.download=this.weightDataFileName,i.href=s,await gn(()=>i.dispatchEvent(new MouseEvent("click")))}return{modelArtifactsInfo:Xn(e)}}}}be.URL_SCHEME="downloads://";const Vc=n=>b().getBool("IS_BROWSER")&&!Array.isArray(n)&&n.startsWith(be.URL_SCHEME)?Uc(n.slice(be.URL_SCHEME.length)):null;Wt.registerSaveRouter(Vc);function Uc(n="model"){return new be(n)}function Cn(n,e,t,s){r(n),t=t??0,s=s??1,c(t,s);let o=0;const a=i=>(i.then(u=>{const l=t+ ++o/n.length*(s-t);return e(l),u}),i);function r(i){P(i!=null&&Array.isArray(i)&&i.length>0,()=>"promises must be a none empty array")}function c(i,u){P(i>=0&&i<=1,()=>`Progress fraction must be in range [0, 1], but got startFraction ${i}`),P(u>=0&&u<=1,()=>`Progress fraction must be in range [0, 1], but got endFraction ${u}`),P(u>=i,()=>`startFraction must be no more than endFraction, but got startFraction ${i} and endFraction ${u}`)}return Promise.all(n.map(a))}async function Wc(n,e){e==null&&(e={});const t=e.fetchFunc==null?b().platform.fetch:e.fetchFunc,s=n.map(d=>t(d,e.requestInit,{isBinary:!0})),c=(e.onProgress==null?await Promise.all(s):await Cn(s,e.onProgress,0,.5)).map(d=>d.arrayBuffer());return e.onProgress==null?await Promise.all(c):await Cn(c,e.onProgress,.5,1)}function Mc(n,e){var t;const s=e.fetchFunc==null?b().platform.fetch:e.fetchFunc;let o=0,a;return(t=e.onProgress)===null||t===void 0||t.call(e,0),new ReadableStream({pull:async r=>{for(var c;o<n.length;){a||(a=(await s(n[o],e.requestInit,{isBinary:!0})).body.getReader());const{done:i,value:u}=await a.read();if(i){o++,a=void 0,(c=e.onProgress)===null||c===void 0||c.call(e,o/n.length);continue}r.enqueue(u);return}r.close()}})}const Gc="application/octet-stream",zc="application/json";class jt{constructor(e,t){if(this.DEFAULT_METHOD="POST",t==null&&(t={}),this.weightPathPrefix=t.weightPathPrefix,this.weightUrlConverter=t.weightUrlConverter,t.fetchFunc!=null?(P(typeof t.fetchFunc=="function",()=>"Must pass a function that matches the signature of `fetch` (see https://developer.mozilla.org/en-US/docs/Web/API/Fetch_API)"),this.fetch=t.fetchFunc):this.fetch=b().platform.fetch,P(e!=null&&e.length>0,()=>"URL path for http must not be null, undefined or empty."),Array.isArray(e)&&P(e.length===2,()=>`URL paths for http must have a length of 2, (actual length is ${e.length}).`),this.path=e,t.requestInit!=null&&t.requestInit.body!=null)throw new Error("requestInit is expected to have no pre-existing body, but has one.");this.requestInit=t.requestInit||{},this.loadOptions=t}async save(e){if(e.modelTopology instanceof ArrayBuffer)throw new Error("BrowserHTTPRequest.save() does not support saving model topology in binary formats yet.");const t=Object.assign({method:this.DEFAULT_METHOD},this.requestInit);t.body=new FormData;const s=[{paths:["./model.weights.bin"],weights:e.weightSpecs}],o=Hn(e,s);if(t.body.append("model.json",new Blob([JSON.stringify(o)],{type:zc}),"model.json"),e.weightData!=null){const r=zn.join(e.weightData);t.body.append("model.weights.bin",new Blob([r],{type:Gc}),"model.weights.bin")}const a=await this.fetch(this.path,t);if(a.ok)return{modelArtifactsInfo:Xn(e),responses:[a]};throw new Error(`BrowserHTTPRequest.save() failed due to HTTP response status ${a.status}.`)}async loadModelJSON(){const e=await this.fetch(this.path,this.requestInit);if(!e.ok)throw new Error(`Request to ${this.path} failed with status code ${e.status}. Please verify this URL points to the model JSON of the model to load.`);let t;try{t=await e.json()}catch{let r=`Failed to parse model JSON of response from ${this.path}.`;throw this.path.endsWith(".pb")?r+=" Your path contains a .pb file extension. Support for .pb models have been removed in TensorFlow.js 1.0 in favor of .json models. You can re-convert your Python TensorFlow model using the TensorFlow.js 1.0 conversion scripts or you can convert your.pb models with the 'pb2json'NPM script in the tensorflow/tfjs-converter repository.":r+=" Please make sure the server is serving valid JSON for this request.",new Error(r)}const s=t.modelTopology,o=t.weightsManifest;if(s==null&&o==null)throw new Error(`The JSON from HTTP path ${this.path} contains neither model topology or manifest for weights.`);return t}async load(){if(this.loadOptions.streamWeights)return this.loadStream();const e=await this.loadModelJSON();return Io(e,t=>this.loadWeights(t))}async loadStream(){const e=await this.loadModelJSON(),t=await this.getWeightUrls(e.weightsManifest),s=pn(e.weightsManifest),o=()=>Mc(t,this.loadOptions);return Object.assign(Object.assign({},e),{weightSpecs:s,getWeightStream:o})}async getWeightUrls(e){const t=Array.isArray(this.path)?this.path[1]:this.path,[s,o]=Hc(t),a=this.weightPathPrefix||s,r=[],c=[];for(const i of e)for(const u of i.paths)this.weightUrlConverter!=null?c.push(this.weightUrlConverter(u)):r.push(a+u+o);return this.weightUrlConverter&&r.push(...await Promise.all(c)),r}async loadWeights(e){const t=await this.getWeightUrls(e),s=pn(e),o=await Wc(t,this.loadOptions);return[s,o]}}jt.URL_SCHEME_REGEX=/^https?:\/\//;function Hc(n){const e=n.lastIndexOf("/"),t=n.lastIndexOf("?"),s=n.substring(0,e),o=t>e?n.substring(t):"";return[s+"/",o]}function bn(n){return n.match(jt.URL_SCHEME_REGEX)!=null}const Zn=(n,e)=>{if(typeof fetch>"u"&&(e==null||e.fetchFunc==null))return null;{let t=!0;if(Array.isArray(n)?t=n.every(s=>bn(s)):t=bn(n),t)return Xc(n,e)}return null};Wt.registerSaveRouter(Zn);Wt.registerLoadRouter(Zn);function Xc(n,e){return new jt(n,e)}const Kc=typeof requestAnimationFrame<"u"?requestAnimationFrame:typeof setImmediate<"u"?setImmediate:n=>n();function jc(){return new Promise(n=>Kc(()=>n()))}const Ce={},rt={alpha:!1,antialias:!1,premultipliedAlpha:!1,preserveDrawingBuffer:!1,depth:!1,stencil:!1,failIfMajorPerformanceCaveat:!0};function qc(n,e){Ce[n]=e}function te(n,e){if(!(n in Ce)||e!=null){const s=Qc(n,e);if(s!==null)Ce[n]=s;else return console.log("Could not get context for WebGL version",n),null}const t=Ce[n];return t==null||t.isContextLost()?(delete Ce[n],te(n)):(t.disable(t.DEPTH_TEST),t.disable(t.STENCIL_TEST),t.disable(t.BLEND),t.disable(t.DITHER),t.disable(t.POLYGON_OFFSET_FILL),t.disable(t.SAMPLE_COVERAGE),t.enable(t.SCISSOR_TEST),t.enable(t.CULL_FACE),t.cullFace(t.BACK),Ce[n])}function Yc(n){if(!b().getBool("IS_SAFARI")&&typeof OffscreenCanvas<"u"&&n===2)return new OffscreenCanvas(300,150);if(typeof document<"u")return document.createElement("canvas");throw new Error("Cannot create a canvas in this context")}function Qc(n,e){if(n!==1&&n!==2)throw new Error("Cannot get WebGL rendering context, WebGL is disabled.");const t=e??Yc(n);return t.addEventListener("webglcontextlost",s=>{s.preventDefault(),delete Ce[n]},!1),b().getBool("SOFTWARE_WEBGL_ENABLED")&&(rt.failIfMajorPerformanceCaveat=!1),n===1?t.getContext("webgl",rt)||t.getContext("experimental-webgl",rt):t.getContext("webgl2",rt)}var Ke;(function(n){n[n.DENSE=0]="DENSE",n[n.SHARED_BATCH=1]="SHARED_BATCH"})(Ke||(Ke={}));var Y;(function(n){n[n.RENDER=0]="RENDER",n[n.UPLOAD=1]="UPLOAD",n[n.PIXELS=2]="PIXELS",n[n.DOWNLOAD=3]="DOWNLOAD"})(Y||(Y={}));var L;(function(n){n[n.UNPACKED_FLOAT16=0]="UNPACKED_FLOAT16",n[n.UNPACKED_FLOAT32=1]="UNPACKED_FLOAT32",n[n.PACKED_4X1_UNSIGNED_BYTE=2]="PACKED_4X1_UNSIGNED_BYTE",n[n.PACKED_2X2_FLOAT32=3]="PACKED_2X2_FLOAT32",n[n.PACKED_2X2_FLOAT16=4]="PACKED_2X2_FLOAT16"})(L||(L={}));function tt(n,e){return[e,n]}function Jc(n,e){return n*e}function it(n){const e=E(n),t=Math.ceil(e/4);return At(t)}function De(n,e){return[Math.max(1,Math.ceil(e/2)),Math.max(1,Math.ceil(n/2))]}function Zc(n,e){const[t,s]=De(n,e);return t*s*4}function qt(n,e){const t=n;let s,o,a,r,c,i,u,l,d,p;return b().getNumber("WEBGL_VERSION")===2?(s=t.R32F,o=t.R16F,a=t.RGBA16F,r=t.RGBA32F,c=t.RED,u=4,l=1,d=t.HALF_FLOAT,p=t.FLOAT,i=t.RGBA8):(s=n.RGBA,o=n.RGBA,a=n.RGBA,r=t.RGBA,c=n.RGBA,u=4,l=4,d=e!=null?e.HALF_FLOAT_OES:null,p=n.FLOAT,i=n.RGBA),{internalFormatFloat:s,internalFormatHalfFloat:o,internalFormatPackedHalfFloat:a,internalFormatPackedFloat:r,textureFormatFloat:c,downloadTextureFormat:i,downloadUnpackNumChannels:u,defaultNumChannels:l,textureTypeHalfFloat:d,textureTypeFloat:p}}function w(n,e){const t=e();return b().getBool("DEBUG")&&eu(n),t}function eu(n){const e=n.getError();if(e!==n.NO_ERROR)throw new Error("WebGL Error: "+ts(n,e))}const tu=596e-10,nu=65504;function es(n){return!!(b().getBool("WEBGL_RENDER_FLOAT32_ENABLED")||n===0||tu<Math.abs(n)&&Math.abs(n)<nu)}function ts(n,e){switch(e){case n.NO_ERROR:return"NO_ERROR";case n.INVALID_ENUM:return"INVALID_ENUM";case n.INVALID_VALUE:return"INVALID_VALUE";case n.INVALID_OPERATION:return"INVALID_OPERATION";case n.INVALID_FRAMEBUFFER_OPERATION:return"INVALID_FRAMEBUFFER_OPERATION";case n.OUT_OF_MEMORY:return"OUT_OF_MEMORY";case n.CONTEXT_LOST_WEBGL:return"CONTEXT_LOST_WEBGL";default:return`Unknown error code ${e}`}}function Ge(n,e){return ie(n,()=>n.getExtension(e),'Extension "'+e+'" not supported on this browser.')}function ns(n,e){const t=ie(n,()=>n.createShader(n.VERTEX_SHADER),"Unable to create vertex WebGLShader.");if(w(n,()=>n.shaderSource(t,e)),w(n,()=>n.compileShader(t)),n.getShaderParameter(t,n.COMPILE_STATUS)===!1)throw console.log(n.getShaderInfoLog(t)),new Error("Failed to compile vertex shader.");return t}function ss(n,e){const t=ie(n,()=>n.createShader(n.FRAGMENT_SHADER),"Unable to create fragment WebGLShader.");if(w(n,()=>n.shaderSource(t,e)),w(n,()=>n.compileShader(t)),b().get("ENGINE_COMPILE_ONLY"))return t;if(n.getShaderParameter(t,n.COMPILE_STATUS)===!1)throw Yt(e,n.getShaderInfoLog(t)),new Error("Failed to compile fragment shader.");return t}const su=/ERROR: [0-9]+:([0-9]+):/g;function Yt(n,e){const t=su.exec(e);if(t==null){console.log(`Couldn't parse line number in error: ${e}`),console.log(n);return}const s=+t[1],o=n.split(`
`),a=o.length.toString().length+2,r=o.map((d,p)=>hn((p+1).toString(),a)+d);let c=0;for(let d=0;d<r.length;d++)c=Math.max(r[d].length,c);const i=r.slice(0,s-1),u=r.slice(s-1,s),l=r.slice(s);console.log(i.join(`
`)),console.log(e.split(`
`)[0]),console.log(`%c ${hn(u[0],c)}`,"border:1px solid red; background-color:#e3d2d2; color:#a61717"),console.log(l.join(`
`))}function os(n){return ie(n,()=>n.createProgram(),"Unable to create WebGLProgram.")}function as(n,e){if(w(n,()=>n.linkProgram(e)),!b().get("ENGINE_COMPILE_ONLY")&&n.getProgramParameter(e,n.LINK_STATUS)===!1)throw console.log(n.getProgramInfoLog(e)),new Error("Failed to link vertex and fragment shaders.")}function dt(n,e){if(w(n,()=>n.validateProgram(e)),n.getProgramParameter(e,n.VALIDATE_STATUS)===!1)throw console.log(n.getProgramInfoLog(e)),new Error("Shader program validation failed.")}function rs(n,e){const t=ie(n,()=>n.createBuffer(),"Unable to create WebGLBuffer");return w(n,()=>n.bindBuffer(n.ARRAY_BUFFER,t)),w(n,()=>n.bufferData(n.ARRAY_BUFFER,e,n.STATIC_DRAW)),t}function is(n,e){const t=ie(n,()=>n.createBuffer(),"Unable to create WebGLBuffer");return w(n,()=>n.bindBuffer(n.ELEMENT_ARRAY_BUFFER,t)),w(n,()=>n.bufferData(n.ELEMENT_ARRAY_BUFFER,e,n.STATIC_DRAW)),t}function ou(){return b().getNumber("WEBGL_VERSION")===2?1:4}function cs(n){return ie(n,()=>n.createTexture(),"Unable to create WebGLTexture.")}function us(n,e){const t=b().getNumber("WEBGL_MAX_TEXTURE_SIZE");if(n<=0||e<=0){const s=`[${n}x${e}]`;throw new Error("Requested texture size "+s+" is invalid.")}if(n>t||e>t){const s=`[${n}x${e}]`,o=`[${t}x${t}]`;throw new Error("Requested texture size "+s+" greater than WebGL maximum on this browser / GPU "+o+".")}}function ls(n){return ie(n,()=>n.createFramebuffer(),"Unable to create WebGLFramebuffer.")}function Dt(n,e,t,s,o,a,r){const c=n.getAttribLocation(e,t);return c===-1?!1:(w(n,()=>n.bindBuffer(n.ARRAY_BUFFER,s)),w(n,()=>n.vertexAttribPointer(c,o,n.FLOAT,!1,a,r)),w(n,()=>n.enableVertexAttribArray(c)),!0)}function ds(n,e,t){xs(n,t),w(n,()=>n.activeTexture(n.TEXTURE0+t)),w(n,()=>n.bindTexture(n.TEXTURE_2D,e))}function au(n,e){xs(n,e),w(n,()=>n.activeTexture(n.TEXTURE0+e)),w(n,()=>n.bindTexture(n.TEXTURE_2D,null))}function ps(n,e,t){return ie(n,()=>n.getUniformLocation(e,t),'uniform "'+t+'" not present in program.')}function hs(n,e,t){return n.getUniformLocation(e,t)}function fs(n,e,t,s){w(n,()=>ds(n,e,s)),w(n,()=>n.uniform1i(t,s))}function ru(n){w(n,()=>n.bindFramebuffer(n.FRAMEBUFFER,null)),w(n,()=>n.viewport(0,0,n.canvas.width,n.canvas.height)),w(n,()=>n.scissor(0,0,n.canvas.width,n.canvas.height))}function pt(n,e,t){w(n,()=>n.bindFramebuffer(n.FRAMEBUFFER,t)),w(n,()=>n.framebufferTexture2D(n.FRAMEBUFFER,n.COLOR_ATTACHMENT0,n.TEXTURE_2D,e,0))}function Ft(n,e){w(n,()=>n.bindFramebuffer(n.FRAMEBUFFER,e)),w(n,()=>n.framebufferTexture2D(n.FRAMEBUFFER,n.COLOR_ATTACHMENT0,n.TEXTURE_2D,null,0))}function ze(n){const e=n.checkFramebufferStatus(n.FRAMEBUFFER);if(e!==n.FRAMEBUFFER_COMPLETE)throw new Error("Error binding framebuffer: "+ms(n,e))}function ms(n,e){switch(e){case n.FRAMEBUFFER_INCOMPLETE_ATTACHMENT:return"FRAMEBUFFER_INCOMPLETE_ATTACHMENT";case n.FRAMEBUFFER_INCOMPLETE_MISSING_ATTACHMENT:return"FRAMEBUFFER_INCOMPLETE_MISSING_ATTACHMENT";case n.FRAMEBUFFER_INCOMPLETE_DIMENSIONS:return"FRAMEBUFFER_INCOMPLETE_DIMENSIONS";case n.FRAMEBUFFER_UNSUPPORTED:return"FRAMEBUFFER_UNSUPPORTED";default:return`unknown error ${e}`}}function ie(n,e,t){const s=w(n,()=>e());if(s==null)throw new Error(t);return s}function xs(n,e){const t=n.MAX_COMBINED_TEXTURE_IMAGE_UNITS-1,s=e+n.TEXTURE0;if(s<n.TEXTURE0||s>t){const o=`[gl.TEXTURE0, gl.TEXTURE${t}]`;throw new Error(`textureUnit must be in ${o}.`)}}function ve(n,e=2){return E(n.slice(0,n.length-e))}function $e(n){if(n.length===0)throw Error("Cannot get rows and columns of an empty shape array.");return[n.length>1?n[n.length-2]:1,n[n.length-1]]}function He(n){let e=[1,1,1];return n.length===0||n.length===1&&n[0]===1||(e=[ve(n),...$e(n)]),e}function gs(n,e=!1){let t=b().getNumber("WEBGL_MAX_TEXTURE_SIZE"),s=b().getNumber("WEBGL_MAX_SIZE_FOR_NARROW_TEXTURE");s===1/0&&b().getBool("WEBGL_AUTO_SQUARIFY_NARROW_TEXTURE_SHAPE")&&(s=t/2),e&&(t=t*2,s=s*2,n=n.map((c,i)=>i>=n.length-2?Mt(n[i]):n[i]),n.length===1&&(n=[2,n[0]])),n.length!==2&&(n=ye(n).newShape);let o=E(n),a=null;n.length<=1&&o<=t?a=[1,o]:n.length===2&&n[0]<=t&&n[1]<=t?a=n:n.length===3&&n[0]*n[1]<=t&&n[2]<=t?a=[n[0]*n[1],n[2]]:n.length===3&&n[0]<=t&&n[1]*n[2]<=t?a=[n[0],n[1]*n[2]]:n.length===4&&n[0]*n[1]*n[2]<=t&&n[3]<=t?a=[n[0]*n[1]*n[2],n[3]]:n.length===4&&n[0]<=t&&n[1]*n[2]*n[3]<=t&&(a=[n[0],n[1]*n[2]*n[3]]);const r=a!=null&&Math.max(...a)>s&&Math.min(...a)<=(e?2:1)&&Math.min(...a)>0;if(a==null||r)if(e){const c=ve(n);let i=2,u=2;n.length&&([i,u]=$e(n)),o=c*(i/2)*(u/2),a=At(o).map(l=>l*2)}else a=At(o);return a}function ct(n){return n%2===0}function je(n,e){if(n=n.slice(-2),e=e.slice(-2),z(n,e)||!n.length||!e.length||n[0]===0||n[1]===0||e[0]===0||e[1]===0)return!0;if(n.length!==e.length){const t=n[n.length-1],s=e[e.length-1];if(t===s||ct(t)&&ct(s)&&(n[0]===1||e[0]===1))return!0}return n[1]===e[1]&&ct(n[0])&&ct(e[0])}let ht,ft;function Cs(n){if(ht==null){const e=te(n);ht=e.getParameter(e.MAX_TEXTURE_SIZE)}return ht}function iu(){ht=null}function cu(){ft=null}function bs(n){if(ft==null){const e=te(n);ft=e.getParameter(e.MAX_TEXTURE_IMAGE_UNITS)}return Math.min(16,ft)}function vs(n){if(n===0)return 0;let e;const t=te(n);return Q(t,"EXT_disjoint_timer_query_webgl2")&&n===2?e=2:Q(t,"EXT_disjoint_timer_query")?e=1:e=0,e}function Q(n,e){return n.getExtension(e)!=null}function _t(n){try{if(te(n)!=null)return!0}catch(e){return console.log("Error when getting WebGL context: ",e),!1}return!1}function $s(n){if(n===0)return!1;const e=te(n);if(n===1){if(!Q(e,"OES_texture_float"))return!1}else if(!Q(e,"EXT_color_buffer_float"))return!1;return Lt(e)}function Rs(n){if(n===0)return!1;const e=te(n);if(n===1){if(!Q(e,"OES_texture_float")||!Q(e,"WEBGL_color_buffer_float"))return!1}else{if(Q(e,"EXT_color_buffer_float"))return Lt(e);const s="EXT_color_buffer_half_float";if(Q(e,s)){const o=e.getExtension(s);return uu(e,o)}return!1}return Lt(e)}function Lt(n){const e=qt(n),t=n.createTexture();n.bindTexture(n.TEXTURE_2D,t),n.texImage2D(n.TEXTURE_2D,0,e.internalFormatFloat,1,1,0,e.textureFormatFloat,e.textureTypeFloat,null);const a=n.createFramebuffer();n.bindFramebuffer(n.FRAMEBUFFER,a),n.framebufferTexture2D(n.FRAMEBUFFER,n.COLOR_ATTACHMENT0,n.TEXTURE_2D,t,0);const r=n.checkFramebufferStatus(n.FRAMEBUFFER)===n.FRAMEBUFFER_COMPLETE;return n.bindTexture(n.TEXTURE_2D,null),n.bindFramebuffer(n.FRAMEBUFFER,null),n.deleteTexture(t),n.deleteFramebuffer(a),r}function uu(n,e){const t=qt(n,e),s=n.createTexture();n.bindTexture(n.TEXTURE_2D,s),n.texImage2D(n.TEXTURE_2D,0,t.internalFormatHalfFloat,1,1,0,t.textureFormatFloat,t.textureTypeHalfFloat,null);const r=n.createFramebuffer();n.bindFramebuffer(n.FRAMEBUFFER,r),n.framebufferTexture2D(n.FRAMEBUFFER,n.COLOR_ATTACHMENT0,n.TEXTURE_2D,s,0);const c=n.checkFramebufferStatus(n.FRAMEBUFFER)===n.FRAMEBUFFER_COMPLETE;return n.bindTexture(n.TEXTURE_2D,null),n.bindFramebuffer(n.FRAMEBUFFER,null),n.deleteTexture(s),n.deleteFramebuffer(r),c}function ys(n){return n!==2?!1:te(n).fenceSync!=null}function Fe(n,e){Array.isArray(n)||(n=[n]),n.forEach(t=>{t!=null&&P(t.dtype!=="complex64",()=>`${e} does not support complex64 tensors in the WebGL backend.`)})}const dv=Object.freeze(Object.defineProperty({__proto__:null,assertNotComplex:Fe,bindCanvasToFramebuffer:ru,bindColorTextureToFramebuffer:pt,bindTextureToProgramUniformSampler:fs,bindTextureUnit:ds,bindVertexBufferToProgramAttribute:Dt,callAndCheck:w,canBeRepresented:es,createFragmentShader:ss,createFramebuffer:ls,createProgram:os,createStaticIndexBuffer:is,createStaticVertexBuffer:rs,createTexture:cs,createVertexShader:ns,getBatchDim:ve,getExtensionOrThrow:Ge,getFramebufferErrorMessage:ms,getMaxTexturesInShader:bs,getNumChannels:ou,getProgramUniformLocation:hs,getProgramUniformLocationOrThrow:ps,getRowsCols:$e,getShapeAs3D:He,getTextureShapeFromLogicalShape:gs,getWebGLDisjointQueryTimerVersion:vs,getWebGLErrorMessage:ts,getWebGLMaxTextureSize:Cs,hasExtension:Q,isCapableOfRenderingToFloatTexture:$s,isDownloadFloatTextureEnabled:Rs,isReshapeFree:je,isWebGLFenceEnabled:ys,isWebGLVersionEnabled:_t,linkProgram:as,logShaderSourceAndInfoLog:Yt,resetMaxTextureSize:iu,resetMaxTexturesInShader:cu,unbindColorTextureFromFramebuffer:Ft,unbindTextureUnit:au,validateFramebuffer:ze,validateProgram:dt,validateTextureSize:us},Symbol.toStringTag,{value:"Module"}));const T=b();T.registerFlag("HAS_WEBGL",()=>T.getNumber("WEBGL_VERSION")>0);T.registerFlag("WEBGL_VERSION",()=>_t(2)?2:_t(1)?1:0);T.registerFlag("WEBGL_CHECK_NUMERICAL_PROBLEMS",()=>!1);T.registerFlag("WEBGL_BUFFER_SUPPORTED",()=>T.get("WEBGL_VERSION")===2);T.registerFlag("WEBGL_CPU_FORWARD",()=>!0);T.registerFlag("WEBGL_FORCE_F16_TEXTURES",()=>!1);T.registerFlag("WEBGL_PACK",()=>T.getBool("HAS_WEBGL"));T.registerFlag("WEBGL_PACK_NORMALIZATION",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_CLIP",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_DEPTHWISECONV",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_BINARY_OPERATIONS",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_UNARY_OPERATIONS",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_ARRAY_OPERATIONS",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_IMAGE_OPERATIONS",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_REDUCE",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_LAZILY_UNPACK",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_CONV_IM2COL",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_PACK_CONV2DTRANSPOSE",()=>T.getBool("WEBGL_PACK"));T.registerFlag("WEBGL_MAX_TEXTURE_SIZE",()=>Cs(T.getNumber("WEBGL_VERSION")));T.registerFlag("WEBGL_MAX_TEXTURES_IN_SHADER",()=>bs(T.getNumber("WEBGL_VERSION")));T.registerFlag("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION",()=>{const n=T.getNumber("WEBGL_VERSION");return n===0?0:vs(n)});T.registerFlag("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_RELIABLE",()=>T.getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION")>0&&!Kn());T.registerFlag("WEBGL_RENDER_FLOAT32_CAPABLE",()=>$s(T.getNumber("WEBGL_VERSION")));T.registerFlag("WEBGL_RENDER_FLOAT32_ENABLED",()=>T.getBool("WEBGL_FORCE_F16_TEXTURES")?!1:T.getBool("WEBGL_RENDER_FLOAT32_CAPABLE"));T.registerFlag("WEBGL_DOWNLOAD_FLOAT_ENABLED",()=>Rs(T.getNumber("WEBGL_VERSION")));T.registerFlag("WEBGL_FENCE_API_ENABLED",()=>ys(T.getNumber("WEBGL_VERSION")));T.registerFlag("WEBGL_SIZE_UPLOAD_UNIFORM",()=>T.getBool("WEBGL_RENDER_FLOAT32_ENABLED")?4:0);T.registerFlag("WEBGL_DELETE_TEXTURE_THRESHOLD",()=>-1,n=>{if(typeof n!="number")throw new Error(`WEBGL_DELETE_TEXTURE_THRESHOLD must be a number but got ${n}.`);if(n<0&&n!==-1)throw new Error(`WEBGL_DELETE_TEXTURE_THRESHOLD must be -1 (indicating never delete) or at least 0, but got ${n}.`)});T.registerFlag("WEBGL_FLUSH_THRESHOLD",()=>Kn()?1:-1,n=>{if(typeof n!="number")throw new Error(`WEBGL_FLUSH_THRESHOLD must be a number but got ${n}.`);if(n<0&&n!==-1)throw new Error(`WEBGL_FLUSH_THRESHOLD must be -1 (indicating never manual flush) or at least 0, but got ${n}.`)});T.registerFlag("CPU_HANDOFF_SIZE_THRESHOLD",()=>128);T.registerFlag("WEBGL_USE_SHAPES_UNIFORMS",()=>!1);T.registerFlag("TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD",()=>1e5);T.registerFlag("TOPK_K_CPU_HANDOFF_THRESHOLD",()=>128);T.registerFlag("WEBGL_EXP_CONV",()=>!1);T.registerFlag("SOFTWARE_WEBGL_ENABLED",()=>T.getBool("IS_TEST"));T.registerFlag("WEBGL_MAX_SIZE_FOR_NARROW_TEXTURE",()=>1/0);T.registerFlag("WEBGL_AUTO_SQUARIFY_NARROW_TEXTURE_SHAPE",()=>!1);T.registerFlag("WEBGL2_ISNAN_CUSTOM",()=>!1);T.registerFlag("ENGINE_COMPILE_ONLY",()=>!1);function G(){let n,e,t,s,o,a,r,c,i,u;return b().getNumber("WEBGL_VERSION")===2?(n="#version 300 es",e="in",t="out",s="in",o="texture",a="outputColor",r="out vec4 outputColor;",c=b().getBool("WEBGL2_ISNAN_CUSTOM")?`
      bool isnan_custom(float val) {
        uint floatToUint = floatBitsToUint(val);
        return (floatToUint & 0x7fffffffu) > 0x7f800000u;
      }

      bvec4 isnan_custom(vec4 val) {
        return bvec4(isnan_custom(val.x),
          isnan_custom(val.y), isnan_custom(val.z), isnan_custom(val.w));
      }

      #define isnan(value) isnan_custom(value)
    `:"",i="",u=`
      #define round(value) newRound(value)
      int newRound(float value) {
        return int(floor(value + 0.5));
      }

      ivec4 newRound(vec4 value) {
        return ivec4(floor(value + vec4(0.5)));
      }
    `):(n="",e="attribute",t="varying",s="varying",o="texture2D",a="gl_FragColor",r="",c=`
      #define isnan(value) isnan_custom(value)
      bool isnan_custom(float val) {
        return (val > 0. || val < 1. || val == 0.) ? false : true;
      }
      bvec4 isnan_custom(vec4 val) {
        return bvec4(isnan(val.x), isnan(val.y), isnan(val.z), isnan(val.w));
      }
    `,i=`
      uniform float INFINITY;

      bool isinf(float val) {
        return abs(val) == INFINITY;
      }
      bvec4 isinf(vec4 val) {
        return equal(abs(val), vec4(INFINITY));
      }
    `,u=`
      int round(float value) {
        return int(floor(value + 0.5));
      }

      ivec4 round(vec4 value) {
        return ivec4(floor(value + vec4(0.5)));
      }
    `),{version:n,attribute:e,varyingVs:t,varyingFs:s,texture2D:o,output:a,defineOutput:r,defineSpecialNaN:c,defineSpecialInf:i,defineRound:u}}function we(n,e,t="index"){const s=Pe(e);return s.map((o,a)=>{const r=`int ${n[a]} = ${t} / ${o}`,c=a===s.length-1?`int ${n[a+1]} = ${t} - ${n[a]} * ${o}`:`index -= ${n[a]} * ${o}`;return`${r}; ${c};`}).join("")}function yt(n,e,t="index"){const s=Pe(e);return s.map((o,a)=>{const r=`int ${n[a]} = ${t} / outShapeStrides[${a}]`,c=a===s.length-1?`int ${n[a+1]} = ${t} - ${n[a]} * outShapeStrides[${a}]`:`index -= ${n[a]} * outShapeStrides[${a}]`;return`${r}; ${c};`}).join("")}function lu(n,e){const t=n.length,s=n.map(a=>`${e}[${a}]`),o=new Array(t-1);o[t-2]=s[t-1];for(let a=t-3;a>=0;--a)o[a]=`(${o[a+1]} * ${s[a+1]})`;return o}function du(n,e,t="index"){const s=n.map((a,r)=>r),o=lu(s,e);return o.map((a,r)=>{const c=`int ${n[r]} = ${t} / ${o[r]}`,i=r===o.length-1?`int ${n[r+1]} = ${t} - ${n[r]} * ${o[r]}`:`index -= ${n[r]} * ${o[r]}`;return`${c}; ${i};`}).join("")}function Qt(n){const e=Pe(n).map(t=>t.toString());return`
  int getFlatIndex(ivec3 coords) {
    return coords.x * ${e[0]} + coords.y * ${e[1]} + coords.z;
  }
`}function Jt(){return`
  int getFlatIndex(ivec3 coords) {
    return coords.x * outShapeStrides[0] + coords.y * outShapeStrides[1] + coords.z;
  }
`}const ws=`
  const float FLOAT_MAX = 1.70141184e38;
  const float FLOAT_MIN = 1.17549435e-38;

  lowp vec4 encode_float(highp float v) {
    if (isnan(v)) {
      return vec4(255, 255, 255, 255);
    }

    highp float av = abs(v);

    if(av < FLOAT_MIN) {
      return vec4(0.0, 0.0, 0.0, 0.0);
    } else if(v > FLOAT_MAX) {
      return vec4(0.0, 0.0, 128.0, 127.0) / 255.0;
    } else if(v < -FLOAT_MAX) {
      return vec4(0.0, 0.0,  128.0, 255.0) / 255.0;
    }

    highp vec4 c = vec4(0,0,0,0);

    highp float e = floor(log2(av));
    highp float m = exp2(fract(log2(av))) - 1.0;

    c[2] = floor(128.0 * m);
    m -= c[2] / 128.0;
    c[1] = floor(32768.0 * m);
    m -= c[1] / 32768.0;
    c[0] = floor(8388608.0 * m);

    highp float ebias = e + 127.0;
    c[3] = floor(ebias / 2.0);
    ebias -= c[3] * 2.0;
    c[2] += floor(ebias) * 128.0;

    c[3] += 128.0 * step(0.0, -v);

    return c / 255.0;
  }
`;const{getBroadcastDims:Ss}=ec;function pu(n,e,t){const s=[];if(n.forEach(h=>{const f=E(h.shapeInfo.logicalShape);if(h.shapeInfo.isUniform?s.push(`uniform float ${h.name}${f>1?`[${f}]`:""};`):(s.push(`uniform sampler2D ${h.name};`),s.push(`uniform int offset${h.name};`)),t.enableShapeUniforms){const{uniformShape:x}=Zt(t.packedInputs,h.shapeInfo.logicalShape,h.shapeInfo.texShape);switch(x.length){case 1:s.push(`uniform int ${h.name}Shape;`);break;case 2:s.push(`uniform ivec2 ${h.name}Shape;`);break;case 3:s.push(`uniform ivec3 ${h.name}Shape;`);break;case 4:s.push(`uniform ivec4 ${h.name}Shape;`);break}s.push(`uniform ivec2 ${h.name}TexShape;`)}}),t.enableShapeUniforms){switch(e.logicalShape.length){case 1:s.push("uniform int outShape;");break;case 2:s.push("uniform ivec2 outShape;"),s.push("uniform int outShapeStrides;");break;case 3:s.push("uniform ivec3 outShape;"),s.push("uniform ivec2 outShapeStrides;");break;case 4:s.push("uniform ivec4 outShape;"),s.push("uniform ivec3 outShapeStrides;");break}s.push("uniform ivec2 outTexShape;")}t.customUniforms&&t.customUniforms.forEach(h=>{s.push(`uniform ${h.type} ${h.name}${h.arrayIndex?`[${h.arrayIndex}]`:""};`)});const o=s.join(`
`),a=n.map(h=>hu(h,e,t.packedInputs,t.enableShapeUniforms)).join(`
`),r=e.texShape,c=G(),i=xu(c);let u,l,d=bu(c);return e.isPacked?(u=fu(e.logicalShape,r,t.enableShapeUniforms),l=Cu(c)):(u=mu(e.logicalShape,r,t.enableShapeUniforms),l=gu(c)),t.packedInputs&&(d+=yu),[d,i,l,o,u,a,t.userCode].join(`
`)}function _e(n,e=!1){const t=n.shapeInfo.logicalShape;switch(t.length){case 0:return Fu(n,e);case 1:return Lu(n,e);case 2:return Vu(n,e);case 3:return Wu(n,e);case 4:return Gu(n,e);case 5:return zu(n);case 6:return Hu(n);default:throw new Error(`${t.length}-D input sampling is not yet supported`)}}function Ts(n,e){switch(n.shapeInfo.logicalShape.length){case 0:return Du(n);case 1:return _u(n,e);case 2:return Bu(n,e);case 3:return Uu(n,e);default:return Mu(n,e)}}function hu(n,e,t=!1,s){let o="";t?o+=Ts(n,s):o+=_e(n,s);const a=n.shapeInfo.logicalShape,r=e.logicalShape;return a.length<=r.length&&(t?o+=Xu(n,e):o+=Ku(n,e)),o}function fu(n,e,t){switch(n.length){case 0:return Is();case 1:return wu(n,e,t);case 2:return Au(n,e,t);case 3:return Tu(n,e,t);default:return Nu(n,e,t)}}function mu(n,e,t){switch(n.length){case 0:return Is();case 1:return Su(n,e,t);case 2:return Pu(n,e,t);case 3:return Iu(n,e,t);case 4:return Eu(n,e,t);case 5:return ku(n,e);case 6:return Ou(n,e);default:throw new Error(`${n.length}-D output sampling is not yet supported`)}}function xu(n){return`
    float sampleTexture(sampler2D textureSampler, vec2 uv) {
      return ${n.texture2D}(textureSampler, uv).r;
    }
  `}function gu(n){return`
    void setOutput(float val) {
      ${n.output} = vec4(val, 0, 0, 0);
    }
  `}function Cu(n){return`
    void setOutput(vec4 val) {
      ${n.output} = val;
    }
  `}function bu(n){return`${n.version}
    precision highp float;
    precision highp int;
    precision highp sampler2D;
    ${n.varyingFs} vec2 resultUV;
    ${n.defineOutput}
    const vec2 halfCR = vec2(0.5, 0.5);

    struct ivec5
    {
      int x;
      int y;
      int z;
      int w;
      int u;
    };

    struct ivec6
    {
      int x;
      int y;
      int z;
      int w;
      int u;
      int v;
    };

    uniform float NAN;
    ${n.defineSpecialNaN}
    ${n.defineSpecialInf}
    ${n.defineRound}

    int imod(int x, int y) {
      return x - y * (x / y);
    }

    int idiv(int a, int b, float sign) {
      int res = a / b;
      int mod = imod(a, b);
      if (sign < 0. && mod != 0) {
        res -= 1;
      }
      return res;
    }

    //Based on the work of Dave Hoskins
    //https://www.shadertoy.com/view/4djSRW
    #define HASHSCALE1 443.8975
    float random(float seed){
      vec2 p = resultUV * seed;
      vec3 p3  = fract(vec3(p.xyx) * HASHSCALE1);
      p3 += dot(p3, p3.yzx + 19.19);
      return fract((p3.x + p3.y) * p3.z);
    }

    ${vu}
    ${$u}
    ${Ru}
  `}const vu=`
vec2 uvFromFlat(int texNumR, int texNumC, int index) {
  int texR = index / texNumC;
  int texC = index - texR * texNumC;
  return (vec2(texC, texR) + halfCR) / vec2(texNumC, texNumR);
}
vec2 packedUVfrom1D(int texNumR, int texNumC, int index) {
  int texelIndex = index / 2;
  int texR = texelIndex / texNumC;
  int texC = texelIndex - texR * texNumC;
  return (vec2(texC, texR) + halfCR) / vec2(texNumC, texNumR);
}
`,$u=`
vec2 packedUVfrom2D(int texelsInLogicalRow, int texNumR,
  int texNumC, int row, int col) {
  int texelIndex = (row / 2) * texelsInLogicalRow + (col / 2);
  int texR = texelIndex / texNumC;
  int texC = texelIndex - texR * texNumC;
  return (vec2(texC, texR) + halfCR) / vec2(texNumC, texNumR);
}
`,Ru=`
vec2 packedUVfrom3D(int texNumR, int texNumC,
    int texelsInBatch, int texelsInLogicalRow, int b,
    int row, int col) {
  int index = b * texelsInBatch + (row / 2) * texelsInLogicalRow + (col / 2);
  int texR = index / texNumC;
  int texC = index - texR * texNumC;
  return (vec2(texC, texR) + halfCR) / vec2(texNumC, texNumR);
}
`,yu=`
  float getChannel(vec4 frag, vec2 innerDims) {
    vec2 modCoord = mod(innerDims, 2.);
    return modCoord.x == 0. ?
      (modCoord.y == 0. ? frag.r : frag.g) :
      (modCoord.y == 0. ? frag.b : frag.a);
  }
  float getChannel(vec4 frag, int dim) {
    float modCoord = mod(float(dim), 2.);
    return modCoord == 0. ? frag.r : frag.g;
  }
`;function Is(){return`
    int getOutputCoords() {
      return 0;
    }
  `}function wu(n,e,t){const s=[Math.ceil(e[0]/2),Math.ceil(e[1]/2)];return s[0]===1?t?`
      int getOutputCoords() {
        return 2 * int(resultUV.x * ceil(float(outTexShape[1]) / 2.0));
      }
    `:`
      int getOutputCoords() {
        return 2 * int(resultUV.x * ${s[1]}.0);
      }
    `:s[1]===1?t?`
      int getOutputCoords() {
        return 2 * int(resultUV.y * ceil(float(outTexShape[0]) / 2.0));
      }
    `:`
      int getOutputCoords() {
        return 2 * int(resultUV.y * ${s[0]}.0);
      }
    `:t?`
    int getOutputCoords() {
      ivec2 packedTexShape = ivec2(ceil(float(outTexShape[0]) / 2.0), ceil(float(outTexShape[1]) / 2.0));
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(packedTexShape[0], packedTexShape[1]));
      return 2 * (resTexRC.x * packedTexShape[1] + resTexRC.y);
    }
  `:`
    int getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${s[0]}, ${s[1]}));
      return 2 * (resTexRC.x * ${s[1]} + resTexRC.y);
    }
  `}function Su(n,e,t){return e[0]===1?t?`
      int getOutputCoords() {
        return int(resultUV.x * float(outTexShape[1]));
      }
    `:`
      int getOutputCoords() {
        return int(resultUV.x * ${e[1]}.0);
      }
    `:e[1]===1?t?`
      int getOutputCoords() {
        return int(resultUV.y * float(outTexShape[0]));
      }
    `:`
      int getOutputCoords() {
        return int(resultUV.y * ${e[0]}.0);
      }
    `:t?`
    int getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(outTexShape[0], outTexShape[1]));
      return resTexRC.x * outTexShape[1] + resTexRC.y;
    }
  `:`
    int getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${e[0]}, ${e[1]}));
      return resTexRC.x * ${e[1]} + resTexRC.y;
    }
  `}function Tu(n,e,t){if(t)return`
    ivec3 getOutputCoords() {
      ivec2 packedTexShape = ivec2(ceil(float(outTexShape[0]) / 2.0), ceil(float(outTexShape[1]) / 2.0));
      int texelsInLogicalRow = int(ceil(float(outShape[2]) / 2.0));
      int texelsInBatch = texelsInLogicalRow * int(ceil(float(outShape[1]) / 2.0));
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(packedTexShape[0], packedTexShape[1]));
      int index = resTexRC.x * packedTexShape[1] + resTexRC.y;

      int b = index / texelsInBatch;
      index -= b * texelsInBatch;

      int r = 2 * (index / texelsInLogicalRow);
      int c = imod(index, texelsInLogicalRow) * 2;

      return ivec3(b, r, c);
    }
  `;const s=[Math.ceil(e[0]/2),Math.ceil(e[1]/2)],o=Math.ceil(n[2]/2),a=o*Math.ceil(n[1]/2);return`
    ivec3 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${s[0]}, ${s[1]}));
      int index = resTexRC.x * ${s[1]} + resTexRC.y;

      int b = index / ${a};
      index -= b * ${a};

      int r = 2 * (index / ${o});
      int c = imod(index, ${o}) * 2;

      return ivec3(b, r, c);
    }
  `}function Iu(n,e,t){if(t)return`
  ivec3 getOutputCoords() {
    ivec2 resTexRC = ivec2(resultUV.yx *
                           vec2(outTexShape[0], outTexShape[1]));
    int index = resTexRC.x * outTexShape[1] + resTexRC.y;
    ${yt(["r","c","d"],n)}
    return ivec3(r, c, d);
  }
`;const s=we(["r","c","d"],n);return`
    ivec3 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${e[0]}, ${e[1]}));
      int index = resTexRC.x * ${e[1]} + resTexRC.y;
      ${s}
      return ivec3(r, c, d);
    }
  `}function Nu(n,e,t){if(t)return`
    ivec4 getOutputCoords() {
      ivec2 packedTexShape = ivec2(ceil(float(outTexShape[0]) / 2.0), ceil(float(outTexShape[1]) / 2.0));
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(packedTexShape[0], packedTexShape[1]));
      int index = resTexRC.x * packedTexShape[1] + resTexRC.y;

      int texelsInLogicalRow = int(ceil(float(outShape[3]) / 2.0));
      int texelsInBatch = texelsInLogicalRow * int(ceil(float(outShape[2]) / 2.0));
      int texelsInBatchN = texelsInBatch * outShape[1];

      int b2 = index / texelsInBatchN;
      index -= b2 * texelsInBatchN;

      int b = index / texelsInBatch;
      index -= b * texelsInBatch;

      int r = 2 * (index / texelsInLogicalRow);
      int c = imod(index, texelsInLogicalRow) * 2;

      return ivec4(b2, b, r, c);
    }
  `;const s=[Math.ceil(e[0]/2),Math.ceil(e[1]/2)],o=Math.ceil(n[n.length-1]/2),a=o*Math.ceil(n[n.length-2]/2);let r=a,c="",i="b, r, c";for(let u=2;u<n.length-1;u++)r*=n[n.length-u-1],c=`
      int b${u} = index / ${r};
      index -= b${u} * ${r};
    `+c,i=`b${u}, `+i;return`
    ivec${n.length} getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${s[0]}, ${s[1]}));
      int index = resTexRC.x * ${s[1]} + resTexRC.y;

      ${c}

      int b = index / ${a};
      index -= b * ${a};

      int r = 2 * (index / ${o});
      int c = imod(index, ${o}) * 2;

      return ivec${n.length}(${i});
    }
  `}function Eu(n,e,t){if(t)return`
    ivec4 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
        vec2(outTexShape[0], outTexShape[1]));
      int index = resTexRC.x * outTexShape[1] + resTexRC.y;
      ${yt(["r","c","d","d2"],n)}
      return ivec4(r, c, d, d2);
    }
  `;const s=we(["r","c","d","d2"],n);return`
    ivec4 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
        vec2(${e[0]}, ${e[1]}));
      int index = resTexRC.x * ${e[1]} + resTexRC.y;
      ${s}
      return ivec4(r, c, d, d2);
    }
  `}function ku(n,e){const t=we(["r","c","d","d2","d3"],n);return`
    ivec5 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx * vec2(${e[0]},
                             ${e[1]}));

      int index = resTexRC.x * ${e[1]} + resTexRC.y;

      ${t}

      ivec5 outShape = ivec5(r, c, d, d2, d3);
      return outShape;
    }
  `}function Ou(n,e){const t=we(["r","c","d","d2","d3","d4"],n);return`
    ivec6 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
        vec2(${e[0]}, ${e[1]}));
      int index = resTexRC.x * ${e[1]} + resTexRC.y;

      ${t}

      ivec6 result = ivec6(r, c, d, d2, d3, d4);
      return result;
    }
  `}function Au(n,e,t){const s=[Math.ceil(e[0]/2),Math.ceil(e[1]/2)];if(z(n,e))return t?`
      ivec2 getOutputCoords() {
        ivec2 packedTexShape = ivec2(ceil(float(outTexShape[0]) / 2.0), ceil(float(outTexShape[1]) / 2.0));
        return 2 * ivec2(resultUV.yx * vec2(packedTexShape[0], packedTexShape[1]));
      }
    `:`
      ivec2 getOutputCoords() {
        return 2 * ivec2(resultUV.yx * vec2(${s[0]}, ${s[1]}));
      }
    `;const o=Math.ceil(n[1]/2);return t?`
    ivec2 getOutputCoords() {
      ivec2 packedTexShape = ivec2(ceil(float(outTexShape[0]) / 2.0), ceil(float(outTexShape[1]) / 2.0));
      int texelsInLogicalRow = int(ceil(float(outShape[1]) / 2.0));
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(packedTexShape[0], packedTexShape[1]));

      int index = resTexRC.x * packedTexShape[1] + resTexRC.y;
      int r = 2 * (index / texelsInLogicalRow);
      int c = imod(index, texelsInLogicalRow) * 2;

      return ivec2(r, c);
    }
  `:`
    ivec2 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${s[0]}, ${s[1]}));

      int index = resTexRC.x * ${s[1]} + resTexRC.y;
      int r = 2 * (index / ${o});
      int c = imod(index, ${o}) * 2;

      return ivec2(r, c);
    }
  `}function Pu(n,e,t){return z(n,e)?t?`
      ivec2 getOutputCoords() {
        return ivec2(resultUV.yx * vec2(outTexShape[0], outTexShape[1]));
      }
    `:`
      ivec2 getOutputCoords() {
        return ivec2(resultUV.yx * vec2(${e[0]}, ${e[1]}));
      }
    `:n[1]===1?t?`
      ivec2 getOutputCoords() {
        ivec2 resTexRC = ivec2(resultUV.yx *
                               vec2(outTexShape[0], outTexShape[1]));
        int index = resTexRC.x * outTexShape[1] + resTexRC.y;
        return ivec2(index, 0);
      }
    `:`
      ivec2 getOutputCoords() {
        ivec2 resTexRC = ivec2(resultUV.yx *
                               vec2(${e[0]}, ${e[1]}));
        int index = resTexRC.x * ${e[1]} + resTexRC.y;
        return ivec2(index, 0);
      }
    `:n[0]===1?t?`
      ivec2 getOutputCoords() {
        ivec2 resTexRC = ivec2(resultUV.yx *
                               vec2(outTexShape[0], outTexShape[1]));
        int index = resTexRC.x * outTexShape[1] + resTexRC.y;
        return ivec2(0, index);
      }
    `:`
      ivec2 getOutputCoords() {
        ivec2 resTexRC = ivec2(resultUV.yx *
                               vec2(${e[0]}, ${e[1]}));
        int index = resTexRC.x * ${e[1]} + resTexRC.y;
        return ivec2(0, index);
      }
    `:t?`
    ivec2 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(outTexShape[0], outTexShape[1]));
      int index = resTexRC.x * outTexShape[1] + resTexRC.y;
      int r = index / outShape[1];
      int c = index - r * outShape[1];
      return ivec2(r, c);
    }
  `:`
    ivec2 getOutputCoords() {
      ivec2 resTexRC = ivec2(resultUV.yx *
                             vec2(${e[0]}, ${e[1]}));
      int index = resTexRC.x * ${e[1]} + resTexRC.y;
      int r = index / ${n[1]};
      int c = index - r * ${n[1]};
      return ivec2(r, c);
    }
  `}function Se(n){return`offset${n}`}function Du(n){const e=n.name,t="get"+e.charAt(0).toUpperCase()+e.slice(1),s=G();return`
    vec4 ${t}() {
      return ${s.texture2D}(${e}, halfCR);
    }
  `}function Fu(n,e){const t=n.name,s="get"+t.charAt(0).toUpperCase()+t.slice(1);if(n.shapeInfo.isUniform)return`float ${s}() {return ${t};}`;const[o,a]=n.shapeInfo.texShape;if(o===1&&a===1)return`
      float ${s}() {
        return sampleTexture(${t}, halfCR);
      }
    `;const r=Se(t);if(e)return`
    float ${s}() {
      vec2 uv = uvFromFlat(${t}TexShape[0], ${t}TexShape[1], ${r});
      return sampleTexture(${t}, uv);
    }
  `;const[c,i]=n.shapeInfo.texShape;return`
    float ${s}() {
      vec2 uv = uvFromFlat(${c}, ${i}, ${r});
      return sampleTexture(${t}, uv);
    }
  `}function _u(n,e){const t=n.name,s="get"+t.charAt(0).toUpperCase()+t.slice(1),o=n.shapeInfo.texShape,a=G();if(e)return`
    vec4 ${s}(int index) {
      ivec2 packedTexShape = ivec2(ceil(float(${t}TexShape[0]) / 2.0), ceil(float(${t}TexShape[1]) / 2.0));
      vec2 uv = packedUVfrom1D(
        packedTexShape[0], packedTexShape[1], index);
      return ${a.texture2D}(${t}, uv);
    }
  `;const r=[Math.ceil(o[0]/2),Math.ceil(o[1]/2)];return`
    vec4 ${s}(int index) {
      vec2 uv = packedUVfrom1D(
        ${r[0]}, ${r[1]}, index);
      return ${a.texture2D}(${t}, uv);
    }
  `}function Lu(n,e){const t=n.name,s="get"+t.charAt(0).toUpperCase()+t.slice(1);if(n.shapeInfo.isUniform)return`
      float ${s}(int index) {
        ${Le(n)}
      }
    `;const o=n.shapeInfo.texShape,a=o[0],r=o[1];if(r===1&&a===1)return`
      float ${s}(int index) {
        return sampleTexture(${t}, halfCR);
      }
    `;const c=Se(t);return r===1?e?`
      float ${s}(int index) {
        vec2 uv = vec2(0.5, (float(index + ${c}) + 0.5) / float(${t}TexShape[0]));
        return sampleTexture(${t}, uv);
      }
    `:`
      float ${s}(int index) {
        vec2 uv = vec2(0.5, (float(index + ${c}) + 0.5) / ${a}.0);
        return sampleTexture(${t}, uv);
      }
    `:a===1?e?`
      float ${s}(int index) {
        vec2 uv = vec2((float(index + ${c}) + 0.5) / float(${t}TexShape[1]), 0.5);
        return sampleTexture(${t}, uv);
      }
    `:`
      float ${s}(int index) {
        vec2 uv = vec2((float(index + ${c}) + 0.5) / ${r}.0, 0.5);
        return sampleTexture(${t}, uv);
      }
    `:e?`
    float ${s}(int index) {
      vec2 uv = uvFromFlat(${t}TexShape[0], ${t}TexShape[1], index + ${c});
      return sampleTexture(${t}, uv);
    }
  `:`
    float ${s}(int index) {
      vec2 uv = uvFromFlat(${a}, ${r}, index + ${c});
      return sampleTexture(${t}, uv);
    }
  `}function Bu(n,e){const t=n.shapeInfo.logicalShape,s=n.name,o="get"+s.charAt(0).toUpperCase()+s.slice(1),a=n.shapeInfo.texShape,r=a[0],c=a[1],i=G();if(a!=null&&z(t,a))return e?`
      vec4 ${o}(int row, int col) {
        vec2 uv = (vec2(col, row) + halfCR) / vec2(${s}TexShape[1], ${s}TexShape[0]);

        return ${i.texture2D}(${s}, uv);
      }
    `:`
      vec4 ${o}(int row, int col) {
        vec2 uv = (vec2(col, row) + halfCR) / vec2(${c}.0, ${r}.0);

        return ${i.texture2D}(${s}, uv);
      }
    `;if(e)return`
    vec4 ${o}(int row, int col) {
      ivec2 packedTexShape = ivec2(ceil(float(${s}TexShape[0]) / 2.0), ceil(float(${s}TexShape[1]) / 2.0));
      int valuesPerRow = int(ceil(float(${s}Shape[1]) / 2.0));
      vec2 uv = packedUVfrom2D(valuesPerRow, packedTexShape[0], packedTexShape[1], row, col);
      return ${i.texture2D}(${s}, uv);
    }
  `;const u=[Math.ceil(a[0]/2),Math.ceil(a[1]/2)],l=Math.ceil(t[1]/2);return`
    vec4 ${o}(int row, int col) {
      vec2 uv = packedUVfrom2D(${l}, ${u[0]}, ${u[1]}, row, col);
      return ${i.texture2D}(${s}, uv);
    }
  `}function Vu(n,e){const t=n.shapeInfo.logicalShape,s=n.name,o="get"+s.charAt(0).toUpperCase()+s.slice(1),a=n.shapeInfo.texShape;if(a!=null&&z(t,a)){if(e)return`
      float ${o}(int row, int col) {
        vec2 uv = (vec2(col, row) + halfCR) / vec2(${s}TexShape[1], ${s}TexShape[0]);
        return sampleTexture(${s}, uv);
      }
    `;const p=a[0],h=a[1];return`
    float ${o}(int row, int col) {
      vec2 uv = (vec2(col, row) + halfCR) / vec2(${h}.0, ${p}.0);
      return sampleTexture(${s}, uv);
    }
  `}const{newShape:r,keptDims:c}=ye(t),i=r;if(i.length<t.length){const p=Be(n,i),h=["row","col"];return`
      ${_e(p,e)}
      float ${o}(int row, int col) {
        return ${o}(${Ve(h,c)});
      }
    `}if(n.shapeInfo.isUniform)return`
      float ${o}(int row, int col) {
        int index = round(dot(vec2(row, col), vec2(${t[1]}, 1)));
        ${Le(n)}
      }
    `;const u=a[0],l=a[1],d=Se(s);return l===1?e?`
      float ${o}(int row, int col) {
        float index = dot(vec3(row, col, ${d}), vec3(${s}Shape[1], 1, 1));
        vec2 uv = vec2(0.5, (index + 0.5) / float(${s}TexShape[0]));
        return sampleTexture(${s}, uv);
      }
    `:`
    float ${o}(int row, int col) {
      float index = dot(vec3(row, col, ${d}), vec3(${t[1]}, 1, 1));
      vec2 uv = vec2(0.5, (index + 0.5) / ${u}.0);
      return sampleTexture(${s}, uv);
    }
  `:u===1?e?`
      float ${o}(int row, int col) {
        float index = dot(vec3(row, col, ${d}), vec3(${s}Shape[1], 1, 1));
        vec2 uv = vec2((index + 0.5) / float(${s}TexShape[1]), 0.5);
        return sampleTexture(${s}, uv);
      }
    `:`
    float ${o}(int row, int col) {
      float index = dot(vec3(row, col, ${d}), vec3(${t[1]}, 1, 1));
      vec2 uv = vec2((index + 0.5) / ${l}.0, 0.5);
      return sampleTexture(${s}, uv);
    }
  `:e?`
      float ${o}(int row, int col) {
        // Explicitly use integer operations as dot() only works on floats.
        int index = row * ${s}Shape[1] + col + ${d};
        vec2 uv = uvFromFlat(${s}TexShape[0], ${s}TexShape[1], index);
        return sampleTexture(${s}, uv);
      }
    `:`
  float ${o}(int row, int col) {
    // Explicitly use integer operations as dot() only works on floats.
    int index = row * ${t[1]} + col + ${d};
    vec2 uv = uvFromFlat(${u}, ${l}, index);
    return sampleTexture(${s}, uv);
  }
`}function Uu(n,e){const t=n.shapeInfo.logicalShape,s=n.name,o="get"+s.charAt(0).toUpperCase()+s.slice(1),a=n.shapeInfo.texShape,r=[Math.ceil(a[0]/2),Math.ceil(a[1]/2)];if(t[0]===1){const p=t.slice(1),h=[1,2],f=Be(n,p),x=["b","row","col"];return`
        ${Ts(f,e)}
        vec4 ${o}(int b, int row, int col) {
          return ${o}(${Ve(x,h)});
        }
      `}const c=G();if(e)return`
    vec4 ${o}(int b, int row, int col) {
      ivec2 packedTexShape = ivec2(ceil(float(${s}TexShape[0]) / 2.0), ceil(float(${s}TexShape[1]) / 2.0));
      int valuesPerRow = int(ceil(float(${s}Shape[2]) / 2.0));
      int texelsInBatch = valuesPerRow * int(ceil(float(${s}Shape[1]) / 2.0));
      vec2 uv = packedUVfrom3D(
        packedTexShape[0], packedTexShape[1], texelsInBatch, valuesPerRow, b, row, col);
      return ${c.texture2D}(${s}, uv);
    }
  `;const i=r[0],u=r[1],l=Math.ceil(t[2]/2),d=l*Math.ceil(t[1]/2);return`
    vec4 ${o}(int b, int row, int col) {
      vec2 uv = packedUVfrom3D(
        ${i}, ${u}, ${d}, ${l}, b, row, col);
      return ${c.texture2D}(${s}, uv);
    }
  `}function Wu(n,e){const t=n.shapeInfo.logicalShape,s=n.name,o="get"+s.charAt(0).toUpperCase()+s.slice(1),a=t[1]*t[2],r=t[2],{newShape:c,keptDims:i}=ye(t),u=c;if(u.length<t.length){const x=Be(n,u),g=["row","col","depth"];return`
        ${_e(x,e)}
        float ${o}(int row, int col, int depth) {
          return ${o}(${Ve(g,i)});
        }
      `}if(n.shapeInfo.isUniform)return`
      float ${o}(int row, int col, int depth) {
        int index = round(dot(vec3(row, col, depth),
                          vec3(${a}, ${r}, 1)));
        ${Le(n)}
      }
    `;const l=n.shapeInfo.texShape,d=l[0],p=l[1],h=n.shapeInfo.flatOffset;if(p===a&&h==null)return e?`
      float ${o}(int row, int col, int depth) {
        int stride1 = ${s}Shape[2];
        float texR = float(row);
        float texC = dot(vec2(col, depth), vec2(stride1, 1));
        vec2 uv = (vec2(texC, texR) + halfCR) /
                   vec2(${s}TexShape[1], ${s}TexShape[0]);
        return sampleTexture(${s}, uv);
      }
    `:`
        float ${o}(int row, int col, int depth) {
          float texR = float(row);
          float texC = dot(vec2(col, depth), vec2(${r}, 1));
          vec2 uv = (vec2(texC, texR) + halfCR) /
                     vec2(${p}.0, ${d}.0);
          return sampleTexture(${s}, uv);
        }
      `;if(p===r&&h==null)return e?`
      float ${o}(int row, int col, int depth) {
        float texR = dot(vec2(row, col), vec2(${s}Shape[1], 1));
        float texC = float(depth);
        vec2 uv = (vec2(texC, texR) + halfCR) / vec2(${s}TexShape[1], ${s}TexShape[0]);
        return sampleTexture(${s}, uv);
      }
    `:`
    float ${o}(int row, int col, int depth) {
      float texR = dot(vec2(row, col), vec2(${t[1]}, 1));
      float texC = float(depth);
      vec2 uv = (vec2(texC, texR) + halfCR) / vec2(${p}.0, ${d}.0);
      return sampleTexture(${s}, uv);
    }
  `;const f=Se(s);return e?`
    float ${o}(int row, int col, int depth) {
      // Explicitly use integer operations as dot() only works on floats.
      int stride0 = ${s}Shape[1] * ${s}Shape[2];
      int stride1 = ${s}Shape[2];
      int index = row * stride0 + col * stride1 + depth + ${f};
      vec2 uv = uvFromFlat(${s}TexShape[0], ${s}TexShape[1], index);
      return sampleTexture(${s}, uv);
    }
    `:`
      float ${o}(int row, int col, int depth) {
        // Explicitly use integer operations as dot() only works on floats.
        int index = row * ${a} + col * ${r} + depth + ${f};
        vec2 uv = uvFromFlat(${d}, ${p}, index);
        return sampleTexture(${s}, uv);
      }
  `}function Mu(n,e){const t=n.name,s="get"+t.charAt(0).toUpperCase()+t.slice(1),o=G();if(e)return`
    vec4 ${s}(int b2, int b, int row, int col) {
      int valuesPerRow = int(ceil(float(${t}Shape[3]) / 2.0));
      int texelsInBatch = valuesPerRow * int(ceil(float(${t}Shape[2]) / 2.0));
      int index = b * texelsInBatch + (row / 2) * valuesPerRow + (col / 2);
      texelsInBatch *= ${t}Shape[1];
      index = b2 * texelsInBatch + index;
      ivec2 packedTexShape = ivec2(ceil(float(${t}TexShape[0]) / 2.0), ceil(float(${t}TexShape[1]) / 2.0));
      int texR = index / packedTexShape[1];
      int texC = index - texR * packedTexShape[1];
      vec2 uv = (vec2(texC, texR) + halfCR) / vec2(packedTexShape[1], packedTexShape[0]); return ${o.texture2D}(${t}, uv);
    }
  `;const a=n.shapeInfo.logicalShape,r=a.length,c=n.shapeInfo.texShape,i=[Math.ceil(c[0]/2),Math.ceil(c[1]/2)],u=i[0],l=i[1],d=Math.ceil(a[r-1]/2);let p=d*Math.ceil(a[r-2]/2),h="int b, int row, int col",f=`b * ${p} + (row / 2) * ${d} + (col / 2)`;for(let x=2;x<r-1;x++)h=`int b${x}, `+h,p*=a[r-x-1],f=`b${x} * ${p} + `+f;return`
    vec4 ${s}(${h}) {
      int index = ${f};
      int texR = index / ${l};
      int texC = index - texR * ${l};
      vec2 uv = (vec2(texC, texR) + halfCR) / vec2(${l}, ${u});
      return ${o.texture2D}(${t}, uv);
    }
  `}function Gu(n,e){const t=n.shapeInfo.logicalShape,s=n.name,o="get"+s.charAt(0).toUpperCase()+s.slice(1),a=t[3],r=t[2]*a,c=t[1]*r,{newShape:i,keptDims:u}=ye(t);if(i.length<t.length){const C=Be(n,i),$=["row","col","depth","depth2"];return`
      ${_e(C,e)}
      float ${o}(int row, int col, int depth, int depth2) {
        return ${o}(${Ve($,u)});
      }
    `}if(n.shapeInfo.isUniform)return`
      float ${o}(int row, int col, int depth, int depth2) {
        int index = round(dot(vec4(row, col, depth, depth2),
                          vec4(${c}, ${r}, ${a}, 1)));
        ${Le(n)}
      }
    `;const l=n.shapeInfo.flatOffset,d=n.shapeInfo.texShape,p=d[0],h=d[1],f=`int stride2 = ${s}Shape[3];`,x=`int stride1 = ${s}Shape[2] * stride2;`,g=`int stride0 = ${s}Shape[1] * stride1;`;if(h===c&&l==null)return e?`
      float ${o}(int row, int col, int depth, int depth2) {
        ${f}
        ${x}
        float texR = float(row);
        float texC =
            dot(vec3(col, depth, depth2),
                vec3(stride1, stride2, 1));
        vec2 uv = (vec2(texC, texR) + halfCR) /
                   vec2(${s}TexShape[1], ${s}TexShape[0]);
        return sampleTexture(${s}, uv);
      }
    `:`
      float ${o}(int row, int col, int depth, int depth2) {
        float texR = float(row);
        float texC =
            dot(vec3(col, depth, depth2),
                vec3(${r}, ${a}, 1));
        vec2 uv = (vec2(texC, texR) + halfCR) /
                   vec2(${h}.0, ${p}.0);
        return sampleTexture(${s}, uv);
      }
    `;if(h===a&&l==null)return e?`
      float ${o}(int row, int col, int depth, int depth2) {
        float texR = dot(vec3(row, col, depth),
                         vec3(${s}Shape[1] * ${s}Shape[2], ${s}Shape[2], 1));
        float texC = float(depth2);
        vec2 uv = (vec2(texC, texR) + halfCR) /
                  vec2(${s}TexShape[1], ${s}TexShape[0]);
        return sampleTexture(${s}, uv);
      }
    `:`
      float ${o}(int row, int col, int depth, int depth2) {
        float texR = dot(vec3(row, col, depth),
                         vec3(${t[1]*t[2]}, ${t[2]}, 1));
        float texC = float(depth2);
        vec2 uv = (vec2(texC, texR) + halfCR) /
                  vec2(${h}.0, ${p}.0);
        return sampleTexture(${s}, uv);
      }
    `;const m=Se(s);return e?`
    float ${o}(int row, int col, int depth, int depth2) {
      // Explicitly use integer operations as dot() only works on floats.
      ${f}
      ${x}
      ${g}
      int index = row * stride0 + col * stride1 +
          depth * stride2 + depth2;
      vec2 uv = uvFromFlat(${s}TexShape[0], ${s}TexShape[1], index + ${m});
      return sampleTexture(${s}, uv);
    }
  `:`
    float ${o}(int row, int col, int depth, int depth2) {
      // Explicitly use integer operations as dot() only works on floats.
      int index = row * ${c} + col * ${r} +
          depth * ${a} + depth2;
      vec2 uv = uvFromFlat(${p}, ${h}, index + ${m});
      return sampleTexture(${s}, uv);
    }
  `}function zu(n){const e=n.shapeInfo.logicalShape,t=n.name,s="get"+t.charAt(0).toUpperCase()+t.slice(1),o=e[4],a=e[3]*o,r=e[2]*a,c=e[1]*r,{newShape:i,keptDims:u}=ye(e);if(i.length<e.length){const x=Be(n,i),g=["row","col","depth","depth2","depth3"];return`
      ${_e(x)}
      float ${s}(int row, int col, int depth, int depth2, int depth3) {
        return ${s}(${Ve(g,u)});
      }
    `}if(n.shapeInfo.isUniform)return`
      float ${s}(int row, int col, int depth, int depth2, int depth3) {
        float index = dot(
          vec4(row, col, depth, depth2),
          vec4(${c}, ${r}, ${a}, ${o})) +
          depth3;
        ${Le(n)}
      }
    `;const l=n.shapeInfo.flatOffset,d=n.shapeInfo.texShape,p=d[0],h=d[1];if(h===c&&l==null)return`
      float ${s}(int row, int col, int depth, int depth2, int depth3) {
        int texR = row;
        float texC = dot(vec4(col, depth, depth2, depth3),
                         vec4(${r}, ${a}, ${o}, 1));
        vec2 uv = (vec2(texC, texR) + halfCR) /
                   vec2(${h}.0, ${p}.0);
        return sampleTexture(${t}, uv);
      }
    `;if(h===o&&l==null)return`
      float ${s}(int row, int col, int depth, int depth2, int depth3) {
        float texR = dot(
          vec4(row, col, depth, depth2),
          vec4(${e[1]*e[2]*e[3]},
               ${e[2]*e[3]}, ${e[3]}, 1));
        int texC = depth3;
        vec2 uv = (vec2(texC, texR) + halfCR) /
                  vec2(${h}.0, ${p}.0);
        return sampleTexture(${t}, uv);
      }
    `;const f=Se(t);return`
    float ${s}(int row, int col, int depth, int depth2, int depth3) {
      // Explicitly use integer operations as dot() only works on floats.
      int index = row * ${c} + col * ${r} + depth * ${a} +
          depth2 * ${o} + depth3 + ${f};
      vec2 uv = uvFromFlat(${p}, ${h}, index);
      return sampleTexture(${t}, uv);
    }
  `}function Hu(n){const e=n.shapeInfo.logicalShape,t=n.name,s="get"+t.charAt(0).toUpperCase()+t.slice(1),{newShape:o,keptDims:a}=ye(e);if(o.length<e.length){const g=Be(n,o),m=["row","col","depth","depth2","depth3","depth4"];return`
      ${_e(g)}
      float ${s}(int row, int col, int depth,
                    int depth2, int depth3, int depth4) {
        return ${s}(${Ve(m,a)});
      }
    `}const r=e[5],c=e[4]*r,i=e[3]*c,u=e[2]*i,l=e[1]*u;if(n.shapeInfo.isUniform)return`
      float ${s}(int row, int col, int depth,
                  int depth2, int depth3, int depth4) {
        int index = round(dot(
          vec4(row, col, depth, depth2),
          vec4(${l}, ${u}, ${i}, ${c})) +
          dot(
            vec2(depth3, depth4),
            vec2(${r}, 1)));
        ${Le(n)}
      }
    `;const d=n.shapeInfo.flatOffset,p=n.shapeInfo.texShape,h=p[0],f=p[1];if(f===l&&d==null)return`
      float ${s}(int row, int col, int depth,
                    int depth2, int depth3, int depth4) {
        int texR = row;
        float texC = dot(vec4(col, depth, depth2, depth3),
          vec4(${u}, ${i}, ${c}, ${r})) +
               float(depth4);
        vec2 uv = (vec2(texC, texR) + halfCR) /
                   vec2(${f}.0, ${h}.0);
        return sampleTexture(${t}, uv);
      }
    `;if(f===r&&d==null)return`
      float ${s}(int row, int col, int depth,
                    int depth2, int depth3, int depth4) {
        float texR = dot(vec4(row, col, depth, depth2),
          vec4(${e[1]*e[2]*e[3]*e[4]},
               ${e[2]*e[3]*e[4]},
               ${e[3]*e[4]},
               ${e[4]})) + float(depth3);
        int texC = depth4;
        vec2 uv = (vec2(texC, texR) + halfCR) /
                  vec2(${f}.0, ${h}.0);
        return sampleTexture(${t}, uv);
      }
    `;const x=Se(t);return`
    float ${s}(int row, int col, int depth,
                  int depth2, int depth3, int depth4) {
      // Explicitly use integer operations as dot() only works on floats.
      int index = row * ${l} + col * ${u} + depth * ${i} +
          depth2 * ${c} + depth3 * ${r} + depth4 + ${x};
      vec2 uv = uvFromFlat(${h}, ${f}, index);
      return sampleTexture(${t}, uv);
    }
  `}function Le(n){const e=n.name,t=E(n.shapeInfo.logicalShape);return t<2?`return ${e};`:`
    for (int i = 0; i < ${t}; i++) {
      if (i == index) {
        return ${e}[i];
      }
    }
  `}function Xu(n,e){const t=n.name,s=t.charAt(0).toUpperCase()+t.slice(1),o="get"+s+"AtOutCoords",a=n.shapeInfo.logicalShape.length,r=e.logicalShape.length,c=Ss(n.shapeInfo.logicalShape,e.logicalShape),i=D(r),u=r-a;let l;const d=["x","y","z","w","u","v"];a===0?l="":r<2&&c.length>=1?l="coords = 0;":l=c.map(C=>`coords.${d[C+u]} = 0;`).join(`
`);let p="";r<2&&a>0?p="coords":p=n.shapeInfo.logicalShape.map((C,$)=>`coords.${d[$+u]}`).join(", ");let h="return outputValue;";const x=E(n.shapeInfo.logicalShape)===1,m=E(e.logicalShape)===1;if(a===1&&!x&&!m)h=`
      return vec4(outputValue.xy, outputValue.xy);
    `;else if(x&&!m)r===1?h=`
        return vec4(outputValue.x, outputValue.x, 0., 0.);
      `:h=`
        return vec4(outputValue.x);
      `;else if(c.length){const C=a-2,$=a-1;c.indexOf(C)>-1&&c.indexOf($)>-1?h="return vec4(outputValue.x);":c.indexOf(C)>-1?h="return vec4(outputValue.x, outputValue.y, outputValue.x, outputValue.y);":c.indexOf($)>-1&&(h="return vec4(outputValue.xx, outputValue.zz);")}return`
    vec4 ${o}() {
      ${i} coords = getOutputCoords();
      ${l}
      vec4 outputValue = get${s}(${p});
      ${h}
    }
  `}function Ku(n,e){const t=n.name,s=t.charAt(0).toUpperCase()+t.slice(1),o="get"+s+"AtOutCoords",a=e.texShape,r=n.shapeInfo.texShape,c=n.shapeInfo.logicalShape.length,i=e.logicalShape.length;if(!n.shapeInfo.isUniform&&c===i&&n.shapeInfo.flatOffset==null&&z(r,a))return`
      float ${o}() {
        return sampleTexture(${t}, resultUV);
      }
    `;const u=D(i),l=Ss(n.shapeInfo.logicalShape,e.logicalShape),d=i-c;let p;const h=["x","y","z","w","u","v"];c===0?p="":i<2&&l.length>=1?p="coords = 0;":p=l.map(x=>`coords.${h[x+d]} = 0;`).join(`
`);let f="";return i<2&&c>0?f="coords":f=n.shapeInfo.logicalShape.map((x,g)=>`coords.${h[g+d]}`).join(", "),`
    float ${o}() {
      ${u} coords = getOutputCoords();
      ${p}
      return get${s}(${f});
    }
  `}function D(n){if(n<=1)return"int";if(n===2)return"ivec2";if(n===3)return"ivec3";if(n===4)return"ivec4";if(n===5)return"ivec5";if(n===6)return"ivec6";throw Error(`GPU for rank ${n} is not yet supported`)}function Zt(n,e,t){const{newShape:s,keptDims:o}=ye(e),a=e.length,r=n&&a===3&&e[0]===1,c=r?e.slice(1):s,i=!n&&a>1&&!z(e,t)&&s.length<a||r;return{useSqueezeShape:i,uniformShape:i?c:e,keptDims:o}}function Be(n,e){const t=JSON.parse(JSON.stringify(n));return t.shapeInfo.logicalShape=e,t}function Ve(n,e){return e.map(t=>n[t]).join(", ")}function ju(n,e,t,s){const o=t.map((l,d)=>{const p={logicalShape:l.shape,texShape:l.isUniform?null:l.texData.texShape,isUniform:l.isUniform,isPacked:l.isUniform?!1:l.texData.isPacked,flatOffset:null};return l.texData!=null&&l.texData.slice!=null&&l.texData.slice.flatOffset>0&&(p.flatOffset=l.texData.slice.flatOffset),{name:e.variableNames[d],shapeInfo:p}}),a=o.map(l=>l.shapeInfo),r={logicalShape:s.shape,texShape:s.texData.texShape,isUniform:!1,isPacked:s.texData.isPacked,flatOffset:null},c=pu(o,r,e),i=ss(n.gl,c),u=n.createProgram(i);return b().get("ENGINE_COMPILE_ONLY")?{program:e,fragmentShader:i,source:c,webGLProgram:u,inShapeInfos:a,outShapeInfo:r,variablesLocations:null,customUniformLocations:null,infLoc:null,nanLoc:null,outShapeLocation:null,outShapeStridesLocation:null,outTexShapeLocation:null}:(n.buildVao(u),Object.assign({program:e,fragmentShader:i,source:c,webGLProgram:u,inShapeInfos:a,outShapeInfo:r},Ns(n,e,u)))}function Ns(n,e,t){const s=[],o=[];let a,r,c,i=null,u=null;u=n.getUniformLocation(t,"NAN",!1),b().getNumber("WEBGL_VERSION")===1&&(i=n.getUniformLocation(t,"INFINITY",!1));const l=!1;for(const d of e.variableNames){const p={name:d,uniform:n.getUniformLocation(t,d,l),offset:n.getUniformLocation(t,`offset${d}`,l)};e.enableShapeUniforms&&(p.shape=n.getUniformLocation(t,`${d}Shape`,l),p.texShape=n.getUniformLocation(t,`${d}TexShape`,l)),s.push(p)}if(e.enableShapeUniforms&&(a=n.getUniformLocation(t,"outShape",l),c=n.getUniformLocation(t,"outShapeStrides",l),r=n.getUniformLocation(t,"outTexShape",l)),e.customUniforms)for(const d of e.customUniforms)o.push(n.getUniformLocation(t,d.name,l));return{variablesLocations:s,customUniformLocations:o,infLoc:i,nanLoc:u,outShapeLocation:a,outShapeStridesLocation:c,outTexShapeLocation:r}}function vn(n,e){if(n.length!==e.length)throw Error(`Binary was compiled with ${n.length} inputs, but was executed with ${e.length} inputs`);n.forEach((t,s)=>{const o=t.logicalShape,a=e[s],r=a.shape;if(!z(o,r))throw Error(`Binary was compiled with different shapes than the current args. Shapes ${o} and ${r} must match`);if(t.isUniform&&a.isUniform)return;const c=t.texShape,i=a.isUniform?null:a.texData.texShape;if(!z(c,i))throw Error(`Binary was compiled with different texture shapes than the current args. Shape ${c} and ${i} must match`)})}function qu(n,e,t,s,o){e.program.enableShapeUniforms||(vn(e.inShapeInfos,t),vn([e.outShapeInfo],[s]));const a=s.texData.texture,r=s.texData.texShape;s.texData.isPacked?n.setOutputPackedMatrixTexture(a.texture,r[0],r[1]):n.setOutputMatrixTexture(a.texture,r[0],r[1]),n.setProgram(e.webGLProgram),n.bindVertexArray(e.webGLProgram.vao),b().getNumber("WEBGL_VERSION")===1&&e.infLoc!==null&&n.gl.uniform1f(e.infLoc,1/0),e.nanLoc!==null&&n.gl.uniform1f(e.nanLoc,NaN);for(let i=0;i<t.length;++i){const u=t[i],{uniform:l,offset:d,shape:p,texShape:h}=e.variablesLocations[i];if(p){const{uniformShape:f}=Zt(e.program.packedInputs,u.shape,u.texData.texShape);switch(f.length){case 1:n.gl.uniform1iv(p,new Int32Array(f));break;case 2:n.gl.uniform2iv(p,new Int32Array(f));break;case 3:n.gl.uniform3iv(p,new Int32Array(f));break;case 4:n.gl.uniform4iv(p,new Int32Array(f));break}}if(h&&n.gl.uniform2i(h,u.texData.texShape[0],u.texData.texShape[1]),l!=null){if(u.isUniform){if(E(u.shape)<2)n.gl.uniform1f(l,u.uniformValues[0]);else{let f=u.uniformValues;f instanceof Float32Array||(f=new Float32Array(f)),n.gl.uniform1fv(l,f)}continue}u.texData.slice!=null&&d!=null&&n.gl.uniform1i(d,u.texData.slice.flatOffset),n.setInputMatrixTexture(u.texData.texture.texture,l,i)}}const c=e.outShapeLocation;if(c)switch(s.shape.length){case 1:n.gl.uniform1iv(c,new Int32Array(s.shape));break;case 2:n.gl.uniform2iv(c,new Int32Array(s.shape));break;case 3:n.gl.uniform3iv(c,new Int32Array(s.shape));break;case 4:n.gl.uniform4iv(c,new Int32Array(s.shape));break}if(e.outShapeStridesLocation){const i=Pe(s.shape);switch(s.shape.length){case 2:n.gl.uniform1iv(e.outShapeStridesLocation,new Int32Array(i));break;case 3:n.gl.uniform2iv(e.outShapeStridesLocation,new Int32Array(i));break;case 4:n.gl.uniform3iv(e.outShapeStridesLocation,new Int32Array(i));break}}if(e.outTexShapeLocation&&n.gl.uniform2i(e.outTexShapeLocation,s.texData.texShape[0],s.texData.texShape[1]),e.program.customUniforms&&o)for(let i=0;i<e.program.customUniforms.length;++i){const u=e.program.customUniforms[i],l=e.customUniformLocations[i],d=o[i];if(u.type==="float")n.gl.uniform1fv(l,d);else if(u.type==="vec2")n.gl.uniform2fv(l,d);else if(u.type==="vec3")n.gl.uniform3fv(l,d);else if(u.type==="vec4")n.gl.uniform4fv(l,d);else if(u.type==="int")n.gl.uniform1iv(l,d);else if(u.type==="ivec2")n.gl.uniform2iv(l,d);else if(u.type==="ivec3")n.gl.uniform3iv(l,d);else if(u.type==="ivec4")n.gl.uniform4iv(l,d);else throw Error(`uniform type ${u.type} is not supported yet.`)}n.executeProgram()}function Yu(n,e,t){let s="";e.concat(t).forEach(r=>{const c=r.texData!=null&&r.texData.slice!=null&&r.texData.slice.flatOffset>0;if(n.enableShapeUniforms&&!r.isUniform){const i=r.texData.texShape,{useSqueezeShape:u,uniformShape:l,keptDims:d}=Zt(n.packedInputs,r.shape,i);let p="",h="",f="";if(l.length===1&&n.packedInputs){const R=[Math.ceil(i[0]/2),Math.ceil(i[1]/2)];p=`${R[0]>1}_${R[1]>1}`}else if(l.length===2&&!n.packedInputs)h=`${l[0]>1}_${l[1]>1}`;else if(l.length>2&&!n.packedInputs){const R=Pe(l);f=`${R[0]===i[1]}_${R[R.length-1]===i[1]}`}const x=r.shape.length,g=l.length===2&&z(r.shape,i),m=E(r.shape)===1,C=No(r.shape,t.shape),$=!n.packedInputs&&x===t.shape.length&&z(i,t.texData.texShape),v=n.packedInputs||l.length>2?"":`${i[0]>1}_${i[1]>1}`;s+=`${x}_${$}_${u?d:""}_${l.length}_${m}_${C}_${g}_${p}_${h}_${f}_${v}_${c}`}else{const i=r.isUniform?"uniform":r.texData.texShape;s+=`${r.shape}_${i}_${c}`}});const o=n.userCode;let a=n.constructor.name;return a+="_"+s+"_"+o+`${b().getNumber("WEBGL_VERSION")}`,a}function V(n){return b().getBool("WEBGL_USE_SHAPES_UNIFORMS")&&n<=4}class Qu{constructor(e){this.variableNames=["A"],this.packedInputs=!1,this.packedOutput=!0,this.outPackingScheme=Ke.DENSE,this.customUniforms=[{name:"texShape",type:"ivec2"}];const t=G();this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length),this.userCode=`
      ivec3 outCoordsFromFlatIndex(int index) {
        ${this.enableShapeUniforms?yt(["r","c","d"],e):we(["r","c","d"],e)}
        return ivec3(r, c, d);
      }

      void main() {
        ivec2 resTexRC = ivec2(resultUV.yx * vec2(texShape[0], texShape[1]));
        int index = 4 * (resTexRC.x * texShape[1] + resTexRC.y);

        vec4 result = vec4(0.);

        for (int i=0; i<4; i++) {
          int flatIndex = index + i;
          ivec3 rc = outCoordsFromFlatIndex(flatIndex);
          result[i] = getA(rc.x, rc.y, rc.z);
        }

        ${t.output} = result;
      }
    `}}class Ju{constructor(e){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.outPackingScheme=Ke.DENSE,this.customUniforms=[{name:"texShape",type:"ivec2"}];const t=G();this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length),this.userCode=`
      ivec3 outCoordsFromFlatIndex(int index) {
        ${this.enableShapeUniforms?yt(["r","c","d"],e):we(["r","c","d"],e)}
        return ivec3(r, c, d);
      }

      void main() {
        ivec2 resTexRC = ivec2(resultUV.yx * vec2(texShape[0], texShape[1]));
        int index = 4 * (resTexRC.x * texShape[1] + resTexRC.y);

        vec4 result = vec4(0.);

        for (int i=0; i<4; i++) {
          int flatIndex = index + i;
          ivec3 rc = outCoordsFromFlatIndex(flatIndex);
          result[i] = getChannel(getA(rc.x, rc.y, rc.z), vec2(rc.y, rc.z));
        }

        ${t.output} = result;
      }
    `}}class Zu{constructor(e){this.variableNames=["A"],this.outTexUsage=Y.DOWNLOAD;const t=G();this.outputShape=e,this.userCode=`
      ${ws}

      void main() {
        float x = getAAtOutCoords();
        ${t.output} = encode_float(x);
      }
    `}}class el{constructor(e){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!1,this.outTexUsage=Y.DOWNLOAD;const t=G();this.outputShape=e,this.userCode=`
      ${ws}

      void main() {
        ivec3 coords = getOutputCoords();
        float x = getChannel(getAAtOutCoords(), vec2(coords.y, coords.z));
        ${t.output} = encode_float(x);
      }
    `}}const tl={R:0,G:1,B:2,A:3};class $n{constructor(e,t=!1,s="RGBA"){this.variableNames=["A"],this.customUniforms=[{name:"texShape",type:"ivec2"}];const o=G();this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length);let a="result";t&&(a="floor(result * 255. + 0.5)");let r="";for(let c=0;c<s.length;c++){const i=s[c];r+=`
          if(offset == ${c}) {
            result = values[${tl[i]}];
          }`}this.userCode=`
      ${this.enableShapeUniforms?Jt():Qt(e)}

      void main() {
        ivec3 coords = getOutputCoords();
        int flatIndex = getFlatIndex(coords);
        float result = 0.;
        int offset = imod(flatIndex, ${s.length});

        flatIndex = idiv(flatIndex, ${s.length}, 1.);

        int r = flatIndex / texShape[1];
        if (r < texShape[0]) {
          int c = imod(flatIndex, texShape[1]);
          vec2 uv = (vec2(c, r) + halfCR) / vec2(texShape[1], texShape[0]);
          vec4 values = ${o.texture2D}(A, uv);
          ${r}
        }
        ${o.output} = vec4(${a}, 0., 0., 0.);
      }
    `}}class nl{constructor(e,t=!1){this.variableNames=["A"],this.packedInputs=!1,this.packedOutput=!0,this.customUniforms=[{name:"texShape",type:"ivec2"}];const s=G();this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length);let o="",a="result";t&&(a="floor(result * 255. + 0.5)");for(let r=0;r<=1;r++)for(let c=0;c<=1;c++){const i=r*2+c;o+=`
          localCoords = coords;
          if(localCoords[2] + ${c} < ${this.enableShapeUniforms?"outShape[2]":`${e[2]}`}) {
          localCoords[2] += ${c};
          if (localCoords[1] + ${r} < ${this.enableShapeUniforms?"outShape[1]":`${e[1]}`}) {
            localCoords[1] += ${r};

            flatIndex = getFlatIndex(localCoords);
            offset = imod(flatIndex, 4);

            flatIndex = idiv(flatIndex, 4, 1.);

            int r = flatIndex / texShape[1];
            int c = imod(flatIndex, texShape[1]);
            vec2 uv = (vec2(c, r) + halfCR) / vec2(texShape[1], texShape[0]);
            values = ${s.texture2D}(A, uv);

            if (offset == 0) {
              result[${i}] = values[0];
            } else if (offset == 1) {
              result[${i}] = values[1];
            } else if (offset == 2) {
              result[${i}] = values[2];
            } else {
              result[${i}] = values[3];
            }
          }
        }
        `}this.userCode=`
        ${this.enableShapeUniforms?Jt():Qt(e)}

        void main() {
          ivec3 coords = getOutputCoords();

          vec4 result = vec4(0.);
          int flatIndex, r, c, offset;
          ivec3 localCoords;
          vec2 uv;
          vec4 values;

          ${o}

          ${s.output} = ${a};
        }
    `}}function Es(n){const e=G(),t=`${e.version}
    precision highp float;
    ${e.attribute} vec3 clipSpacePos;
    ${e.attribute} vec2 uv;
    ${e.varyingVs} vec2 resultUV;

    void main() {
      gl_Position = vec4(clipSpacePos, 1);
      resultUV = uv;
    }`;return ns(n,t)}function ks(n){const e=new Float32Array([-1,1,0,0,1,-1,-1,0,0,0,1,1,0,1,1,1,-1,0,1,0]);return rs(n,e)}function Os(n){const e=new Uint16Array([0,1,2,2,1,3]);return is(n,e)}function nt(n,e,t,s,o,a){us(e,t);const r=cs(n),c=n.TEXTURE_2D;return w(n,()=>n.bindTexture(c,r)),w(n,()=>n.texParameteri(c,n.TEXTURE_WRAP_S,n.CLAMP_TO_EDGE)),w(n,()=>n.texParameteri(c,n.TEXTURE_WRAP_T,n.CLAMP_TO_EDGE)),w(n,()=>n.texParameteri(c,n.TEXTURE_MIN_FILTER,n.NEAREST)),w(n,()=>n.texParameteri(c,n.TEXTURE_MAG_FILTER,n.NEAREST)),b().getNumber("WEBGL_VERSION")===1?w(n,()=>n.texImage2D(c,0,s,e,t,0,o,a,null)):w(n,()=>n.texStorage2D(c,1,s,e,t)),w(n,()=>n.bindTexture(n.TEXTURE_2D,null)),{texture:r,texShape:[t,e]}}function en(n){return n.internalFormatFloat}function As(n,e,t,s){const[o,a]=tt(e,t);return nt(n,o,a,en(s),s.textureFormatFloat,n.FLOAT)}function tn(n){return n.internalFormatHalfFloat}function Ps(n,e,t,s){const[o,a]=tt(e,t);return nt(n,o,a,tn(s),s.textureFormatFloat,s.textureTypeHalfFloat)}function nn(n){return n.downloadTextureFormat}function Ds(n,e,t,s){const[o,a]=tt(e,t);return nt(n,o,a,nn(s),n.RGBA,n.UNSIGNED_BYTE)}function sn(n){return n.internalFormatPackedFloat}function Fs(n,e,t,s){const[o,a]=De(e,t);return nt(n,o,a,sn(s),n.RGBA,n.FLOAT)}function on(n){return n.internalFormatPackedHalfFloat}function _s(n,e,t,s){const[o,a]=De(e,t);return nt(n,o,a,on(s),n.RGBA,s.textureTypeHalfFloat)}function Ls(n,e,t){return w(n,()=>n.bindBuffer(n.ARRAY_BUFFER,t)),Dt(n,e,"clipSpacePos",t,3,20,0)&&Dt(n,e,"uv",t,2,20,12)}function Bs(n,e,t,s,o,a){w(n,()=>n.bindTexture(n.TEXTURE_2D,e));let r,c,i;o instanceof Uint8Array?(r=new Uint8Array(t*s*4),c=n.UNSIGNED_BYTE,i=n.RGBA):(r=new Float32Array(t*s*4),c=n.FLOAT,i=a.internalFormatPackedFloat),r.set(o),b().getNumber("WEBGL_VERSION")===2?w(n,()=>n.texSubImage2D(n.TEXTURE_2D,0,0,0,t,s,n.RGBA,c,r)):w(n,()=>n.texImage2D(n.TEXTURE_2D,0,i,t,s,0,n.RGBA,c,r)),w(n,()=>n.bindTexture(n.TEXTURE_2D,null))}function Vs(n,e,t){w(n,()=>n.bindTexture(n.TEXTURE_2D,e)),t.data instanceof Uint8Array?b().getNumber("WEBGL_VERSION")===2?w(n,()=>n.texSubImage2D(n.TEXTURE_2D,0,0,0,t.width,t.height,n.RGBA,n.UNSIGNED_BYTE,t.data)):w(n,()=>n.texImage2D(n.TEXTURE_2D,0,n.RGBA,t.width,t.height,0,n.RGBA,n.UNSIGNED_BYTE,t.data)):b().getNumber("WEBGL_VERSION")===2?w(n,()=>n.texSubImage2D(n.TEXTURE_2D,0,0,0,n.RGBA,n.UNSIGNED_BYTE,t)):w(n,()=>n.texImage2D(n.TEXTURE_2D,0,n.RGBA,n.RGBA,n.UNSIGNED_BYTE,t)),w(n,()=>n.bindTexture(n.TEXTURE_2D,null))}function Us(n,e,t,s){const o=n.createBuffer();w(n,()=>n.bindBuffer(n.PIXEL_PACK_BUFFER,o));const c=4*4*e*t;return w(n,()=>n.bufferData(n.PIXEL_PACK_BUFFER,c,n.STREAM_READ)),w(n,()=>n.readPixels(0,0,t,e,n.RGBA,n.FLOAT,0)),w(n,()=>n.bindBuffer(n.PIXEL_PACK_BUFFER,null)),o}function Ws(n,e,t){const s=n,o=new Float32Array(t);return s.bindBuffer(s.PIXEL_PACK_BUFFER,e),s.getBufferSubData(s.PIXEL_PACK_BUFFER,0,o),s.bindBuffer(s.PIXEL_PACK_BUFFER,null),o}function Ms(n,e,t,s){const[o,a]=tt(e,t),r=4,c=new Uint8Array(Jc(e*t,r));return w(n,()=>n.readPixels(0,0,o,a,s.downloadTextureFormat,n.UNSIGNED_BYTE,c)),new Float32Array(c.buffer)}function Gs(n,e,t,s,o,a,r,c){const i=n,u=new Float32Array(Zc(a,r));return i.bindBuffer(i.PIXEL_PACK_BUFFER,e),i.getBufferSubData(i.PIXEL_PACK_BUFFER,0,u),i.bindBuffer(i.PIXEL_PACK_BUFFER,null),u}function zs(n,e,t){const s=new Float32Array(e*t*4);return w(n,()=>n.readPixels(0,0,t,e,n.RGBA,n.FLOAT,s)),s}const pv=Object.freeze(Object.defineProperty({__proto__:null,bindVertexProgramAttributeStreams:Ls,createBufferFromOutputTexture:Us,createFloat16MatrixTexture:Ps,createFloat16PackedMatrixTexture:_s,createFloat32MatrixTexture:As,createIndexBuffer:Os,createPackedMatrixTexture:Fs,createUnsignedBytesMatrixTexture:Ds,createVertexBuffer:ks,createVertexShader:Es,downloadByteEncodedFloatMatrixFromOutputTexture:Ms,downloadFloat32MatrixFromBuffer:Ws,downloadMatrixFromPackedOutputTexture:zs,downloadPackedMatrixFromBuffer:Gs,getInternalFormatForFloat16MatrixTexture:tn,getInternalFormatForFloat16PackedMatrixTexture:on,getInternalFormatForFloat32MatrixTexture:en,getInternalFormatForPackedMatrixTexture:sn,getInternalFormatForUnsignedBytesMatrixTexture:nn,uploadDenseMatrixToTexture:Bs,uploadPixelDataToTexture:Vs},Symbol.toStringTag,{value:"Module"}));class kt{constructor(e){this.outputTexture=null,this.program=null,this.disposed=!1,this.itemsToPoll=[];const t=b().getNumber("WEBGL_VERSION");if(e!=null?(this.gl=e,qc(t,e)):this.gl=te(t),e=this.gl,b().getNumber("WEBGL_VERSION")===2){const a=e;this.createVertexArray=()=>w(a,()=>a.createVertexArray()),this.bindVertexArray=r=>w(a,()=>a.bindVertexArray(r)),this.deleteVertexArray=r=>w(a,()=>a.deleteVertexArray(r)),this.getVertexArray=()=>w(a,()=>a.getParameter(a.VERTEX_ARRAY_BINDING))}else if(e!=null){const a=e.getExtension("OES_vertex_array_object");if(a==null)throw new Error("All WebGL1 implementations are expected to offer OES_vertex_array_object.");this.createVertexArray=()=>w(e,()=>a.createVertexArrayOES()),this.bindVertexArray=r=>w(e,()=>a.bindVertexArrayOES(r)),this.deleteVertexArray=r=>w(e,()=>a.deleteVertexArrayOES(r)),this.getVertexArray=()=>w(e,()=>e.getParameter(a.VERTEX_ARRAY_BINDING_OES))}let s="WEBGL_color_buffer_float";const o="EXT_color_buffer_half_float";if(this.parallelCompilationExtension=this.gl.getExtension("KHR_parallel_shader_compile"),b().getNumber("WEBGL_VERSION")===1){const a="OES_texture_float",r="OES_texture_half_float";if(this.textureFloatExtension=Ge(this.gl,a),Q(this.gl,r))this.textureHalfFloatExtension=Ge(this.gl,r);else if(b().get("WEBGL_FORCE_F16_TEXTURES"))throw new Error("GL context does not support half float textures, yet the environment flag WEBGL_FORCE_F16_TEXTURES is set to true.");if(this.colorBufferFloatExtension=this.gl.getExtension(s),Q(this.gl,o))this.colorBufferHalfFloatExtension=Ge(this.gl,o);else if(b().get("WEBGL_FORCE_F16_TEXTURES"))throw new Error("GL context does not support color renderable half floats, yet the environment flag WEBGL_FORCE_F16_TEXTURES is set to true.")}else if(s="EXT_color_buffer_float",Q(this.gl,s))this.colorBufferFloatExtension=this.gl.getExtension(s);else if(Q(this.gl,o))this.colorBufferHalfFloatExtension=this.gl.getExtension(o);else throw new Error("GL context does not support color renderable floats");this.vertexBuffer=ks(this.gl),this.indexBuffer=Os(this.gl),this.framebuffer=ls(this.gl),this.textureConfig=qt(this.gl,this.textureHalfFloatExtension)}get debug(){return b().getBool("DEBUG")}dispose(){if(this.disposed)return;this.program!=null&&console.warn("Disposing a GPGPUContext that still has a bound WebGLProgram. This is probably a resource leak, delete the program with GPGPUContext.deleteProgram before disposing."),this.outputTexture!=null&&console.warn("Disposing a GPGPUContext that still has a bound output matrix texture.  This is probably a resource leak, delete the output matrix texture with GPGPUContext.deleteMatrixTexture before disposing.");const e=this.gl;w(e,()=>e.finish()),w(e,()=>e.bindFramebuffer(e.FRAMEBUFFER,null)),w(e,()=>e.deleteFramebuffer(this.framebuffer)),w(e,()=>e.bindBuffer(e.ARRAY_BUFFER,null)),w(e,()=>e.bindBuffer(e.ELEMENT_ARRAY_BUFFER,null)),w(e,()=>e.deleteBuffer(this.indexBuffer)),this.disposed=!0}createFloat32MatrixTexture(e,t){return this.throwIfDisposed(),As(this.gl,e,t,this.textureConfig)}createFloat16MatrixTexture(e,t){return this.throwIfDisposed(),Ps(this.gl,e,t,this.textureConfig)}createUnsignedBytesMatrixTexture(e,t){return this.throwIfDisposed(),Ds(this.gl,e,t,this.textureConfig)}uploadPixelDataToTexture(e,t){this.throwIfDisposed(),Vs(this.gl,e,t)}uploadDenseMatrixToTexture(e,t,s,o){this.throwIfDisposed(),Bs(this.gl,e,t,s,o,this.textureConfig)}createFloat16PackedMatrixTexture(e,t){return this.throwIfDisposed(),_s(this.gl,e,t,this.textureConfig)}createPackedMatrixTexture(e,t){return this.throwIfDisposed(),Fs(this.gl,e,t,this.textureConfig)}deleteMatrixTexture(e){this.throwIfDisposed(),this.outputTexture===e&&(Ft(this.gl,this.framebuffer),this.outputTexture=null),w(this.gl,()=>this.gl.deleteTexture(e))}downloadByteEncodedFloatMatrixFromOutputTexture(e,t,s){return this.downloadMatrixDriver(e,()=>Ms(this.gl,t,s,this.textureConfig))}downloadPackedMatrixFromBuffer(e,t,s,o,a,r){return Gs(this.gl,e,t,s,o,a,r,this.textureConfig)}downloadFloat32MatrixFromBuffer(e,t){return Ws(this.gl,e,t)}createBufferFromTexture(e,t,s){this.bindTextureToFrameBuffer(e);const o=Us(this.gl,t,s,this.textureConfig);return this.unbindTextureToFrameBuffer(),o}createAndWaitForFence(){const e=this.createFence(this.gl);return this.pollFence(e)}createFence(e){let t,s;if(b().getBool("WEBGL_FENCE_API_ENABLED")){const o=e,a=o.fenceSync(o.SYNC_GPU_COMMANDS_COMPLETE,0);e.flush(),s=()=>{const r=o.clientWaitSync(a,0,0);return r===o.ALREADY_SIGNALED||r===o.CONDITION_SATISFIED},t=a}else b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION")>0?(t=this.beginQuery(),this.endQuery(),s=()=>this.isQueryAvailable(t,b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION"))):s=()=>!0;return{query:t,isFencePassed:s}}downloadMatrixFromPackedTexture(e,t,s){return this.downloadMatrixDriver(e,()=>zs(this.gl,t,s))}createProgram(e){this.throwIfDisposed();const t=this.gl;this.vertexShader==null&&(this.vertexShader=Es(t));const s=os(t);w(t,()=>t.attachShader(s,this.vertexShader)),w(t,()=>t.attachShader(s,e)),as(t,s);const o=Object.assign(s,{vao:this.createVertexArray()});return this.debug&&dt(t,o),o}buildVao(e){this.setProgram(e),this.bindVertexArray(e.vao);const t=this.gl;w(t,()=>t.bindBuffer(t.ELEMENT_ARRAY_BUFFER,this.indexBuffer)),Ls(t,e,this.vertexBuffer)}deleteProgram(e){this.throwIfDisposed(),e===this.program&&(this.program=null),e!=null&&(w(this.gl,()=>this.gl.deleteProgram(e)),this.deleteVertexArray(e.vao))}setProgram(e){this.throwIfDisposed(),this.program=e,this.program!=null&&this.debug&&dt(this.gl,this.program),w(this.gl,()=>this.gl.useProgram(e))}getUniformLocation(e,t,s=!0){return this.throwIfDisposed(),s?ps(this.gl,e,t):hs(this.gl,e,t)}getAttributeLocation(e,t){return this.throwIfDisposed(),w(this.gl,()=>this.gl.getAttribLocation(e,t))}getUniformLocationNoThrow(e,t){return this.throwIfDisposed(),this.gl.getUniformLocation(e,t)}setInputMatrixTexture(e,t,s){this.throwIfDisposed(),this.throwIfNoProgram(),fs(this.gl,e,t,s)}setOutputMatrixTexture(e,t,s){this.setOutputMatrixTextureDriver(e,s,t)}setOutputPackedMatrixTexture(e,t,s){this.throwIfDisposed();const[o,a]=De(t,s);this.setOutputMatrixTextureDriver(e,o,a)}setOutputMatrixWriteRegion(e,t,s,o){this.setOutputMatrixWriteRegionDriver(s,e,o,t)}setOutputPackedMatrixWriteRegion(e,t,s,o){throw new Error("setOutputPackedMatrixWriteRegion not implemented.")}debugValidate(){this.program!=null&&dt(this.gl,this.program),ze(this.gl)}executeProgram(){this.throwIfDisposed(),this.throwIfNoProgram();const e=this.gl;if(this.debug){const t=this.getVertexArray();console.assert(t===this.program.vao,"VAO changed between setProgram and executeProgram!"),this.debugValidate()}w(e,()=>e.drawElements(e.TRIANGLES,6,e.UNSIGNED_SHORT,0))}blockUntilAllProgramsCompleted(){this.throwIfDisposed(),w(this.gl,()=>this.gl.finish())}getQueryTimerExtension(){return this.disjointQueryTimerExtension==null&&(this.disjointQueryTimerExtension=Ge(this.gl,b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION")===2?"EXT_disjoint_timer_query_webgl2":"EXT_disjoint_timer_query")),this.disjointQueryTimerExtension}getQueryTimerExtensionWebGL2(){return this.getQueryTimerExtension()}getQueryTimerExtensionWebGL1(){return this.getQueryTimerExtension()}beginQuery(){if(b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION")===2){const s=this.gl,o=this.getQueryTimerExtensionWebGL2(),a=s.createQuery();return s.beginQuery(o.TIME_ELAPSED_EXT,a),a}const e=this.getQueryTimerExtensionWebGL1(),t=e.createQueryEXT();return e.beginQueryEXT(e.TIME_ELAPSED_EXT,t),t}endQuery(){if(b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION")===2){const t=this.gl,s=this.getQueryTimerExtensionWebGL2();t.endQuery(s.TIME_ELAPSED_EXT);return}const e=this.getQueryTimerExtensionWebGL1();e.endQueryEXT(e.TIME_ELAPSED_EXT)}async waitForQueryAndGetTime(e){return await fn(()=>this.disposed||this.isQueryAvailable(e,b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION"))),this.getQueryTime(e,b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_VERSION"))}getQueryTime(e,t){if(t===0)return null;if(t===2){const s=this.gl;return s.getQueryParameter(e,s.QUERY_RESULT)/1e6}else{const s=this.getQueryTimerExtensionWebGL1();return s.getQueryObjectEXT(e,s.QUERY_RESULT_EXT)/1e6}}isQueryAvailable(e,t){if(t===0)return!0;if(t===2){const s=this.gl,o=this.getQueryTimerExtensionWebGL2(),a=s.getQueryParameter(e,s.QUERY_RESULT_AVAILABLE);return this.disjoint==null&&(this.disjoint=this.gl.getParameter(o.GPU_DISJOINT_EXT)),a&&!this.disjoint}else{const s=this.getQueryTimerExtensionWebGL1(),o=s.getQueryObjectEXT(e,s.QUERY_RESULT_AVAILABLE_EXT);return this.disjoint==null&&(this.disjoint=this.gl.getParameter(s.GPU_DISJOINT_EXT)),o&&!this.disjoint}}pollFence(e){return new Promise(t=>{this.addItemToPoll(()=>e.isFencePassed(),()=>t())})}pollItems(){const e=sl(this.itemsToPoll.map(t=>t.isDoneFn));for(let t=0;t<=e;++t){const{resolveFn:s}=this.itemsToPoll[t];s()}this.itemsToPoll=this.itemsToPoll.slice(e+1)}addItemToPoll(e,t){if(this.itemsToPoll.push({isDoneFn:e,resolveFn:t}),this.itemsToPoll.length>1)return;let s;"setTimeoutCustom"in b().platform&&(s=b().platform.setTimeoutCustom.bind(b().platform)),fn(()=>(this.pollItems(),this.itemsToPoll.length===0),()=>0,null,s)}bindTextureToFrameBuffer(e){this.throwIfDisposed(),pt(this.gl,e,this.framebuffer),this.debug&&ze(this.gl)}unbindTextureToFrameBuffer(){this.outputTexture!=null?(pt(this.gl,this.outputTexture,this.framebuffer),this.debug&&ze(this.gl)):Ft(this.gl,this.framebuffer)}downloadMatrixDriver(e,t){this.bindTextureToFrameBuffer(e);const s=t();return this.unbindTextureToFrameBuffer(),s}setOutputMatrixTextureDriver(e,t,s){this.throwIfDisposed();const o=this.gl;pt(o,e,this.framebuffer),this.debug&&ze(o),this.outputTexture=e,w(o,()=>o.viewport(0,0,t,s)),w(o,()=>o.scissor(0,0,t,s))}setOutputMatrixWriteRegionDriver(e,t,s,o){this.throwIfDisposed(),w(this.gl,()=>this.gl.scissor(e,t,s,o))}throwIfDisposed(){if(this.disposed)throw new Error("Attempted to use disposed GPGPUContext.")}throwIfNoProgram(){if(this.program==null)throw new Error("No GPU program is currently set.")}}function sl(n){let e=0;for(;e<n.length&&n[e]();++e);return e-1}const{addImpl:ol,bincountImpl:Hs,bincountReduceImpl:al,bitwiseAndImpl:rl,castImpl:il,ceilImpl:cl,concatImpl:ul,equalImpl:ll,expImpl:dl,expm1Impl:pl,floorImpl:hl,gatherNdImpl:fl,gatherV2Impl:ml,greaterImpl:xl,greaterEqualImpl:gl,lessImpl:Cl,lessEqualImpl:bl,linSpaceImpl:vl,logImpl:$l,maxImpl:Rl,maximumImpl:yl,minimumImpl:wl,multiplyImpl:Sl,negImpl:Tl,notEqualImpl:Il,prodImpl:Nl,raggedGatherImpl:El,raggedRangeImpl:kl,raggedTensorToTensorImpl:Ol,rangeImpl:Al,rsqrtImpl:Pl,scatterImpl:Dl,sigmoidImpl:Fl,simpleAbsImpl:Xs,sliceImpl:_l,sparseFillEmptyRowsImpl:Ll,sparseReshapeImpl:Bl,sparseSegmentReductionImpl:Ks,sqrtImpl:Vl,staticRegexReplaceImpl:Ul,stridedSliceImpl:Wl,stringNGramsImpl:Ml,stringSplitImpl:Gl,stringToHashBucketFastImpl:zl,subImpl:Hl,tileImpl:Xl,topKImpl:Kl,transposeImpl:an,uniqueImpl:jl}=kc;function js(n,e){return["x","y","z","w","u","v"].slice(0,e).map(t=>`${n}.${t}`)}function W(n,e){return e===1?[n]:js(n,e)}function ql(n,e){if(n===1)return"rc";let t="";for(let s=0;s<n;s++)t+=e[s],s<n-1&&(t+=",");return t}class Yl{constructor(e){if(this.variableNames=["A"],this.packedInputs=!1,this.packedOutput=!0,this.outputShape=e,this.rank=e.length,this.enableShapeUniforms=V(this.outputShape.length),this.rank===0)this.userCode=`
        void main() {
          setOutput(vec4(getA(), 0., 0., 0.));
        }
      `;else{const t=W("rc",this.rank),s=D(this.rank),o=this.getOutOfBoundsCondition(t),a=this.getSetup(t),r=this.getOutput(t);this.userCode=`
        void main() {
          ${s} rc = getOutputCoords();

          if(${o}) {
            setOutput(vec4(0));
          } else {
            ${a}

            setOutput(vec4(${r}));
          }
        }
      `}}getSourceCoordsArr(e){const t=[];for(let s=0;s<=1;s++)for(let o=0;o<=1;o++){let a=`${s===0?"r":"rp1"}, ${o===0?"c":"cp1"}`;for(let r=2;r<this.rank;r++)a=`${e[e.length-1-r]},`+a;t.push(a)}return t}getOutOfBoundsCondition(e){if(this.rank===1)return`rc > ${this.enableShapeUniforms?"outShape":this.outputShape[0]}`;let t="";for(let s=this.rank-2;s<this.rank;s++)t+=`${e[s]} >= ${this.enableShapeUniforms?`outShape[${s}]`:this.outputShape[s]}`,s<this.rank-1&&(t+="||");return t}getSetup(e){if(this.rank===1)return"";const t=e.slice(-2),s=this.enableShapeUniforms?`outShape[${this.rank} - 1]`:this.outputShape[this.rank-1],o=this.enableShapeUniforms?`outShape[${this.rank} - 2]`:this.outputShape[this.rank-2];return`
      int r = ${t[0]};
      int c = ${t[1]};
      int rp1 = r + 1;
      int cp1 = c + 1;

      bool cEdge = cp1 >= ${s};
      bool rEdge = rp1 >= ${o};
    `}getOutput(e){const t=this.getSourceCoordsArr(e);return this.rank===1?`getA(rc), (rc + 1 >= ${this.enableShapeUniforms?"outShape":this.outputShape[0]} ? 0. : getA(rc + 1)), 0, 0`:`getA(${t[0]}),
            cEdge ? 0. : getA(${t[1]}),
            rEdge ? 0. : getA(${t[2]}),
            rEdge || cEdge ? 0. : getA(${t[3]})`}}class qs{constructor(e,t){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"inputShape",type:"ivec3"}],this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length);let s="";for(let o=0;o<4;o++){let a="thisRC = rc;";o%2===1&&(a+="thisRC.z += 1;"),o>1&&(a+="thisRC.y += 1;"),s+=`
        ${a}
        ${o>0?"if(thisRC.y < rows && thisRC.z < cols){":""}
          int flatIndex = getFlatIndex(thisRC);

          ivec3 inputRC = inputCoordsFromReshapedOutCoords(flatIndex);
          vec2 inputRCInnerDims = vec2(float(inputRC.y),float(inputRC.z));

          result[${o}] =
            getChannel(getA(inputRC.x, inputRC.y, inputRC.z), inputRCInnerDims);
        ${o>0?"}":""}
      `}this.userCode=`
      ${Ql(t,this.enableShapeUniforms)}
      ${this.enableShapeUniforms?Jt():Qt(e)}

      void main() {
        ivec3 rc = getOutputCoords();

        vec4 result = vec4(0.);

        ivec3 thisRC;
        int rows = ${this.enableShapeUniforms?"outShape[1]":e[1]};
        int cols = ${this.enableShapeUniforms?"outShape[2]":e[2]};

        ${s}

        setOutput(result);
      }
    `}}function Ql(n,e){return`
    ivec3 inputCoordsFromReshapedOutCoords(int index) {
      ${e?du(["r","c","d"],"inputShape"):we(["r","c","d"],n)}
      return ivec3(r, c, d);
    }
  `}class Jl{constructor(e){this.gpgpu=e,this.numUsedTextures=0,this.numFreeTextures=0,this._numBytesAllocated=0,this._numBytesFree=0,this.freeTextures={},this.usedTextures={},this.logEnabled=!1}acquireTexture(e,t,s){const o=yn(t,s),a=wn(e,o,s);a in this.freeTextures||(this.freeTextures[a]=[]),a in this.usedTextures||(this.usedTextures[a]=[]);const r=Rn(e,o,this.gpgpu.gl,this.gpgpu.textureConfig,s);if(this.freeTextures[a].length>0){this.numFreeTextures--,this.numUsedTextures++,this._numBytesFree-=r,this.log();const i=this.freeTextures[a].pop();return this.usedTextures[a].push(i),i}let c;return o===L.PACKED_2X2_FLOAT32?c=this.gpgpu.createPackedMatrixTexture(e[0],e[1]):o===L.PACKED_2X2_FLOAT16?c=this.gpgpu.createFloat16PackedMatrixTexture(e[0],e[1]):o===L.UNPACKED_FLOAT32?c=this.gpgpu.createFloat32MatrixTexture(e[0],e[1]):o===L.UNPACKED_FLOAT16?c=this.gpgpu.createFloat16MatrixTexture(e[0],e[1]):o===L.PACKED_4X1_UNSIGNED_BYTE&&(c=this.gpgpu.createUnsignedBytesMatrixTexture(e[0],e[1])),this.usedTextures[a].push(c),this.numUsedTextures++,this._numBytesAllocated+=r,this.log(),c}releaseTexture(e,t,s,o){if(this.freeTextures==null)return;const a=yn(s,o),r=wn(t,a,o);r in this.freeTextures||(this.freeTextures[r]=[]);const c=Rn(t,a,this.gpgpu.gl,this.gpgpu.textureConfig,o),i=b().getNumber("WEBGL_DELETE_TEXTURE_THRESHOLD");i!==-1&&this._numBytesAllocated>i?(this.gpgpu.deleteMatrixTexture(e.texture),this._numBytesAllocated-=c):(this.freeTextures[r].push(e),this.numFreeTextures++,this._numBytesFree+=c),this.numUsedTextures--;const u=this.usedTextures[r],l=u&&u.indexOf(e);if(l==null||l<0)throw new Error("Cannot release a texture that was never provided by this texture manager");u[l]=u[u.length-1],u.pop(),this.log()}log(){if(!this.logEnabled)return;const e=this.numFreeTextures+this.numUsedTextures;console.log("Free/Used",`${this.numFreeTextures} / ${this.numUsedTextures}`,`(${e})`);const t=this._numBytesFree/this._numBytesAllocated;console.log(`Bytes allocated: ${this._numBytesAllocated}`),console.log(`Bytes unused: ${this._numBytesFree} (${Math.round(100*t)}%)`)}get numBytesAllocated(){return this._numBytesAllocated}get numBytesFree(){return this._numBytesFree}getNumUsedTextures(){return this.numUsedTextures}getNumFreeTextures(){return this.numFreeTextures}dispose(){if(this.freeTextures!=null){for(const e in this.freeTextures)this.freeTextures[e].forEach(t=>{this.gpgpu.deleteMatrixTexture(t.texture)});for(const e in this.usedTextures)this.usedTextures[e].forEach(t=>{this.gpgpu.deleteMatrixTexture(t.texture)});this.freeTextures=null,this.usedTextures=null,this.numUsedTextures=0,this.numFreeTextures=0,this._numBytesAllocated=0,this._numBytesFree=0}}}function Zl(n,e){const t=n;if(e===t.R32F)return 4;if(e===t.R16F)return 2;if(e===t.RGBA32F)return 16;if(e===n.RGBA)return 16;if(e===t.RGBA16F)return 8;if(e===t.RGBA8)return 4;throw new Error(`Unknown internal format ${e}`)}function Rn(n,e,t,s,o){const a=ed(e,s);let r;if(o){const[i,u]=De(n[0],n[1]);r=i*u}else{const[i,u]=tt(n[0],n[1]);r=i*u}const c=Zl(t,a);return r*c}function ed(n,e){switch(n){case L.PACKED_2X2_FLOAT32:return sn(e);case L.PACKED_2X2_FLOAT16:return on(e);case L.UNPACKED_FLOAT32:return en(e);case L.UNPACKED_FLOAT16:return tn(e);case L.PACKED_4X1_UNSIGNED_BYTE:return nn(e);default:throw new Error(`Unknown physical texture type ${n}`)}}function td(n){return b().getBool("WEBGL_RENDER_FLOAT32_ENABLED")?n?L.PACKED_2X2_FLOAT32:L.UNPACKED_FLOAT32:n?L.PACKED_2X2_FLOAT16:L.UNPACKED_FLOAT16}function yn(n,e){if(n===Y.UPLOAD)return L.PACKED_2X2_FLOAT32;if(n===Y.RENDER||n==null)return td(e);if(n===Y.DOWNLOAD||n===Y.PIXELS)return L.PACKED_4X1_UNSIGNED_BYTE;throw new Error(`Unknown logical texture type ${n}`)}function wn(n,e,t){return`${n[0]}_${n[1]}_${e}_${t}`}class ae{constructor(e,t){this.variableNames=["A"],this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length),this.userCode=`
      float unaryOperation(float x) {
        ${t}
      }

      void main() {
        float x = getAAtOutCoords();
        float y = unaryOperation(x);

        setOutput(y);
      }
    `}}const Z="if (isnan(x)) return x;",nd="return x;",Sn="return abs(x);",sd="return (x >= 0.0) ? x : (exp(x) - 1.0);",od=Z+`
  return (x < 0.0) ? 0.0 : x;
`,ad=Z+`
  return (x < 0.0) ? 0.0 : min(6.0, x);
`,le="return x;",rd="return 1.0 / (1.0 + exp(-1.0 * x));";const id="return x;",cd=`
  vec4 result;

  result.r = (x.r >= 0.0) ? x.r : (exp(x.r) - 1.0);
  result.g = (x.g >= 0.0) ? x.g : (exp(x.g) - 1.0);
  result.b = (x.b >= 0.0) ? x.b : (exp(x.b) - 1.0);
  result.a = (x.a >= 0.0) ? x.a : (exp(x.a) - 1.0);

  return result;
`,ud=`
  vec4 result = x * vec4(greaterThanEqual(x, vec4(0.0)));
  bvec4 isNaN = isnan(x);

  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`,ld=`
  vec4 result = min(x, vec4(6.)) * vec4(greaterThanEqual(x, vec4(0.0)));
  bvec4 isNaN = isnan(x);

  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`,dd="return 1.0 / (1.0 + exp(-1.0 * x));";class de{constructor(e,t){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length),this.userCode=`
      vec4 unaryOperation(vec4 x) {
        ${t}
      }

      void main() {
        vec4 x = getAAtOutCoords();
        vec4 y = unaryOperation(x);

        setOutput(y);
      }
    `}}class pd{constructor(e){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!1,this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length);const t=e.length,s=W("rc",t),o=D(t),a=ql(t,s),r=s.slice(-2),c=t<=1?"rc":`vec2(${r.join(",")})`;this.userCode=`
      void main() {
        ${o} rc = getOutputCoords();
        vec4 packedInput = getA(${a});

        setOutput(getChannel(packedInput, ${c}));
      }
    `}}const hd=Dc,fd=1e-7,md=1e-4,ut={};function xd(n){return n in ut||(ut[n]={}),ut[n]}const gd=b().getNumber("CPU_HANDOFF_SIZE_THRESHOLD"),Cd=600;function bd(){return b().global.screen==null?1024:b().global.screen.height*b().global.screen.width*window.devicePixelRatio*Cd/1024/1024}class wt extends Eo{nextDataId(){return wt.nextDataId++}constructor(e){if(super(),this.pendingRead=new WeakMap,this.pendingDisposal=new WeakSet,this.dataRefCount=new WeakMap,this.numBytesInGPU=0,this.uploadWaitMs=0,this.downloadWaitMs=0,this.lastGlFlushTime=0,this.warnedAboutMemory=!1,this.pendingDeletes=0,this.disposed=!1,!b().getBool("HAS_WEBGL"))throw new Error("WebGL is not supported on this device");let t;if(e!=null){if(e instanceof kt)t=e;else{const s=te(b().getNumber("WEBGL_VERSION"),e);t=new kt(s)}this.binaryCache={},this.gpgpuCreatedLocally=!1}else{const s=te(b().getNumber("WEBGL_VERSION"));t=new kt(s),this.binaryCache=xd(b().getNumber("WEBGL_VERSION")),this.gpgpuCreatedLocally=!0}this.gpgpu=t,this.canvas=this.gpgpu.gl.canvas,this.textureManager=new Jl(this.gpgpu),this.numMBBeforeWarning=bd(),this.texData=new ko(this,ue())}numDataIds(){return this.texData.numDataIds()-this.pendingDeletes}writeTexture(e,t,s,o,a,r){const c=this.makeTensorInfo(t,s),i=this.texData.get(c.dataId);i.isPacked=!1,i.texture={texture:e,texShape:[o,a]},i.texShape=[o,a];const u=He(t),l=new $n(u,!1,r),d=this.runWebGLProgram(l,[c],s,[[o,a]]);return d.shape=t,i.texture=null,this.disposeIntermediateTensorInfo(c),d.dataId}write(e,t,s){if((b().getBool("WEBGL_CHECK_NUMERICAL_PROBLEMS")||b().getBool("DEBUG"))&&this.checkNumericalProblems(e),s==="complex64"&&e!=null)throw new Error("Cannot write to a complex64 dtype. Please use tf.complex(real, imag).");const o={id:this.nextDataId()};return this.texData.set(o,{shape:t,dtype:s,values:e,usage:Y.UPLOAD,refCount:1}),o}refCount(e){return this.texData.has(e)?this.texData.get(e).refCount:0}incRef(e){const t=this.texData.get(e);t.refCount++}decRef(e){if(this.texData.has(e)){const t=this.texData.get(e);t.refCount--}}move(e,t,s,o,a){if(b().getBool("DEBUG")&&this.checkNumericalProblems(t),o==="complex64")throw new Error("Cannot write to a complex64 dtype. Please use tf.complex(real, imag).");this.texData.set(e,{shape:s,dtype:o,values:t,usage:Y.UPLOAD,refCount:a})}disposeIntermediateTensorInfo(e){this.disposeData(e.dataId)}readSync(e){const t=this.texData.get(e),{values:s,dtype:o,complexTensorInfos:a,slice:r,shape:c,isPacked:i}=t;if(r!=null){let p;i?p=new de(c,le):p=new ae(c,le);const h=this.runWebGLProgram(p,[{dataId:e,shape:c,dtype:o}],o),f=this.readSync(h.dataId);return this.disposeIntermediateTensorInfo(h),f}if(s!=null)return this.convertAndCacheOnCPU(e);if(o==="string")return s;const u=this.activeTimers!=null;let l;u&&(l=xe());let d;if(o==="complex64"){const p=this.readSync(a.real.dataId),h=this.readSync(a.imag.dataId);d=xn(p,h)}else d=this.getValuesFromTexture(e);return u&&(this.downloadWaitMs+=xe()-l),this.convertAndCacheOnCPU(e,d)}async read(e){if(this.pendingRead.has(e)){const f=this.pendingRead.get(e);return new Promise(x=>f.push(x))}const t=this.texData.get(e),{values:s,shape:o,slice:a,dtype:r,complexTensorInfos:c,isPacked:i}=t;if(a!=null){let f;i?f=new de(o,le):f=new ae(o,le);const x=this.runWebGLProgram(f,[{dataId:e,shape:o,dtype:r}],r),g=this.read(x.dataId);return this.disposeIntermediateTensorInfo(x),g}if(s!=null)return this.convertAndCacheOnCPU(e);if(b().getBool("DEBUG")&&!b().getBool("WEBGL_DOWNLOAD_FLOAT_ENABLED")&&b().getNumber("WEBGL_VERSION")===2)throw new Error("tensor.data() with WEBGL_DOWNLOAD_FLOAT_ENABLED=false and WEBGL_VERSION=2 not yet supported.");let u=null,l;if(r!=="complex64"&&b().get("WEBGL_BUFFER_SUPPORTED")){l=this.decode(e);const f=this.texData.get(l.dataId);u=this.gpgpu.createBufferFromTexture(f.texture.texture,...it(o))}this.pendingRead.set(e,[]),r!=="complex64"&&await this.gpgpu.createAndWaitForFence();let d;if(r==="complex64"){const f=await Promise.all([this.read(c.real.dataId),this.read(c.imag.dataId)]),x=f[0],g=f[1];d=xn(x,g)}else if(u==null)d=this.getValuesFromTexture(e);else{const f=E(o);d=this.gpgpu.downloadFloat32MatrixFromBuffer(u,f)}if(l!=null&&this.disposeIntermediateTensorInfo(l),u!=null){const f=this.gpgpu.gl;w(f,()=>f.deleteBuffer(u))}const p=this.convertAndCacheOnCPU(e,d),h=this.pendingRead.get(e);return this.pendingRead.delete(e),h.forEach(f=>f(p)),this.pendingDisposal.has(e)&&(this.pendingDisposal.delete(e),this.disposeData(e)&&ue().removeDataId(e,this),this.pendingDeletes--),p}readToGPU(e,t={}){const s=this.texData.get(e),{values:o,shape:a,slice:r,dtype:c,isPacked:i,texture:u}=s;if(c==="complex64")throw new Error("Does not support reading texture for complex64 dtype.");if(r!=null){let h;i?h=new de(a,le):h=new ae(a,le);const f=this.runWebGLProgram(h,[{dataId:e,shape:a,dtype:c}],c),x=this.readToGPU(f,t);return this.disposeIntermediateTensorInfo(f),x}if(u==null)throw o!=null?new Error("Data is not on GPU but on CPU."):new Error("There is no data on GPU or CPU.");const l=this.decode(e,t.customTexShape),d=ue().makeTensorFromTensorInfo(l),p=this.texData.get(l.dataId);return Object.assign({tensorRef:d},p.texture)}bufferSync(e){const t=this.readSync(e.dataId);if(e.dtype==="string")try{const s=t.map(o=>Gt(o));return xt(e.shape,e.dtype,s)}catch{throw new Error("Failed to decode encoded string bytes into utf-8")}return xt(e.shape,e.dtype,t)}checkNumericalProblems(e){if(e!=null)for(let t=0;t<e.length;t++){const s=e[t];if(!es(s))throw b().getBool("WEBGL_RENDER_FLOAT32_CAPABLE")?Error(`The value ${s} cannot be represented with your current settings. Consider enabling float32 rendering: 'tf.env().set('WEBGL_RENDER_FLOAT32_ENABLED', true);'`):Error(`The value ${s} cannot be represented on this device.`)}}getValuesFromTexture(e){const{shape:t,dtype:s,isPacked:o}=this.texData.get(e),a=E(t);if(b().getBool("WEBGL_DOWNLOAD_FLOAT_ENABLED")){const p=this.decode(e),h=this.texData.get(p.dataId),f=this.gpgpu.downloadMatrixFromPackedTexture(h.texture.texture,...it(t)).subarray(0,a);return this.disposeIntermediateTensorInfo(p),f}const r=b().getBool("WEBGL_PACK")&&o===!0,c=r?He(t):t,i=r?new el(c):new Zu(c),u=this.runWebGLProgram(i,[{shape:c,dtype:s,dataId:e}],"float32"),l=this.texData.get(u.dataId),d=this.gpgpu.downloadByteEncodedFloatMatrixFromOutputTexture(l.texture.texture,l.texShape[0],l.texShape[1]).subarray(0,a);return this.disposeIntermediateTensorInfo(u),d}timerAvailable(){return b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_RELIABLE")>0}time(e){const t=this.activeTimers,s=[];let o=!1;this.programTimersStack==null?(this.programTimersStack=s,o=!0):this.activeTimers.push(s),this.activeTimers=s,e();const a=mn(this.activeTimers.map(i=>i.query)).filter(i=>i!=null),r=mn(this.activeTimers.map(i=>i.name)).filter(i=>i!=null);this.activeTimers=t,o&&(this.programTimersStack=null);const c={uploadWaitMs:this.uploadWaitMs,downloadWaitMs:this.downloadWaitMs,kernelMs:null,wallMs:null};return(async()=>{if(b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_RELIABLE")>0){const i=await Promise.all(a);c.kernelMs=Oo(i),c.getExtraProfileInfo=()=>i.map((u,l)=>({name:r[l],ms:u})).map(u=>`${u.name}: ${u.ms}`).join(", ")}else c.kernelMs={error:"WebGL query timers are not supported in this environment."};return this.uploadWaitMs=0,this.downloadWaitMs=0,c})()}memory(){return{unreliable:!1,numBytesInGPU:this.numBytesInGPU,numBytesInGPUAllocated:this.textureManager.numBytesAllocated,numBytesInGPUFree:this.textureManager.numBytesFree}}startTimer(){return b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_RELIABLE")>0?this.gpgpu.beginQuery():{startMs:xe(),endMs:null}}endTimer(e){return b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_RELIABLE")>0?(this.gpgpu.endQuery(),e):(e.endMs=xe(),e)}async getQueryTime(e){if(b().getNumber("WEBGL_DISJOINT_QUERY_TIMER_EXTENSION_RELIABLE")>0)return this.gpgpu.waitForQueryAndGetTime(e);const t=e;return t.endMs-t.startMs}disposeData(e,t=!1){if(this.pendingDisposal.has(e))return!1;if(!this.texData.has(e))return!0;if(t?this.texData.get(e).refCount=0:this.texData.get(e).refCount--,!t&&this.texData.get(e).refCount>0)return!1;if(this.pendingRead.has(e))return this.pendingDisposal.add(e),this.pendingDeletes++,!1;this.releaseGPUData(e);const{complexTensorInfos:s}=this.texData.get(e);return s!=null&&(this.disposeData(s.real.dataId,t),this.disposeData(s.imag.dataId,t)),this.texData.delete(e),!0}releaseGPUData(e){const{texture:t,dtype:s,texShape:o,usage:a,isPacked:r,slice:c}=this.texData.get(e),i=c&&c.origDataId||e,u=this.dataRefCount.get(i);u>1?this.dataRefCount.set(i,u-1):(this.dataRefCount.delete(i),t!=null&&(this.numBytesInGPU-=this.computeBytes(o,s),this.textureManager.releaseTexture(t,o,a,r)));const l=this.texData.get(e);l.texture=null,l.texShape=null,l.isPacked=!1,l.slice=null}getTexture(e){return this.uploadToGPU(e),this.texData.get(e).texture.texture}getDataInfo(e){return this.texData.get(e)}shouldExecuteOnCPU(e,t=gd){return b().getBool("WEBGL_CPU_FORWARD")&&e.every(s=>this.texData.get(s.dataId).texture==null&&E(s.shape)<t)}getGPGPUContext(){return this.gpgpu}where(e){vt("tf.where() in webgl locks the UI thread. Call tf.whereAsync() instead");const t=e.dataSync();return hd(e.shape,t)}packedUnaryOp(e,t,s){const o=new de(e.shape,t),a=this.compileAndRun(o,[e],s);return ue().makeTensorFromTensorInfo(a)}abs(e){if(this.shouldExecuteOnCPU([e])&&e.dtype!=="complex64"){const o=Xs(this.texData.get(e.dataId).values);return this.makeOutput(e.shape,e.dtype,o)}if(b().getBool("WEBGL_PACK_UNARY_OPERATIONS"))return this.packedUnaryOp(e,Sn,e.dtype);const t=new ae(e.shape,Sn),s=this.compileAndRun(t,[e]);return ue().makeTensorFromTensorInfo(s)}makeTensorInfo(e,t,s){let o;if(t==="string"&&s!=null&&s.length>0&&Ao(s[0])){const a=s.map(r=>Po(r));o=this.write(a,e,t)}else o=this.write(s,e,t);return this.texData.get(o).usage=null,{dataId:o,shape:e,dtype:t}}makeOutput(e,t,s){return ue().makeTensorFromTensorInfo(this.makeTensorInfo(e,t,s),this)}unpackTensor(e){const t=new pd(e.shape);return this.runWebGLProgram(t,[e],e.dtype)}packTensor(e){const t=new Yl(e.shape);return this.runWebGLProgram(t,[e],e.dtype,null,!0)}packedReshape(e,t){const s=[ve(e.shape),...$e(e.shape)],o={dtype:e.dtype,shape:s,dataId:e.dataId},a=[ve(t),...$e(t)],r=new qs(a,s),c=!0,i=[s],u=this.runWebGLProgram(r,[o],e.dtype,i,c);return{dataId:u.dataId,shape:t,dtype:u.dtype}}decode(e,t){const s=this.texData.get(e),{isPacked:o,shape:a,dtype:r}=s;if(t!=null){const p=E(a),h=t[0]*t[1]*4;P(p<=h,()=>"customTexShape is too small. Row * Column * 4 should be equal or larger than the size of the tensor data.")}const c=He(a);let i;o?i=new Ju(c):i=new Qu(c);const u=!0,l=[t??it(c)],d=this.runWebGLProgram(i,[{shape:c,dtype:r,dataId:e}],r,l,u,t);return{dtype:r,shape:a,dataId:d.dataId}}runWebGLProgram(e,t,s,o,a=!1,r){const c=this.makeTensorInfo(e.outputShape,s),i=this.texData.get(c.dataId);if(e.packedOutput&&(i.isPacked=!0),e.outPackingScheme===Ke.DENSE){const m=r??it(e.outputShape);i.texShape=m.map(C=>C*2)}if(e.outTexUsage!=null&&(i.usage=e.outTexUsage),E(c.shape)===0)return i.values=jn(c.dtype,0),c;const u=[],l=t.map(m=>{if(m.dtype==="complex64")throw new Error("GPGPUProgram does not support complex64 input. For complex64 dtypes, please separate the program into real and imaginary parts.");let C=this.texData.get(m.dataId);if(C.texture==null){if(!e.packedInputs&&E(m.shape)<=b().getNumber("WEBGL_SIZE_UPLOAD_UNIFORM"))return{shape:m.shape,texData:null,isUniform:!0,uniformValues:C.values};e.packedInputs&&(C.isPacked=!0,C.shape=m.shape)}if(this.uploadToGPU(m.dataId),!!C.isPacked!=!!e.packedInputs)m=C.isPacked?this.unpackTensor(m):this.packTensor(m),u.push(m),C=this.texData.get(m.dataId);else if(C.isPacked&&!je(C.shape,m.shape)){const $=m,v=m.shape;m.shape=C.shape,m=this.packedReshape(m,v),u.push(m),C=this.texData.get(m.dataId),$.shape=v}return{shape:m.shape,texData:C,isUniform:!1}});this.uploadToGPU(c.dataId);const d={shape:c.shape,texData:i,isUniform:!1},p=Yu(e,l,d),h=this.getAndSaveBinary(p,()=>ju(this.gpgpu,e,l,d)),f=this.activeTimers!=null;let x;f&&(x=this.startTimer()),b().get("ENGINE_COMPILE_ONLY")||qu(this.gpgpu,h,l,d,o),u.forEach(m=>this.disposeIntermediateTensorInfo(m)),f&&(x=this.endTimer(x),this.activeTimers.push({name:e.constructor.name,query:this.getQueryTime(x)}));const g=b().getNumber("WEBGL_FLUSH_THRESHOLD");if(g>0){const m=xe();m-this.lastGlFlushTime>g&&(this.gpgpu.gl.flush(),this.lastGlFlushTime=m)}if(!b().getBool("WEBGL_LAZILY_UNPACK")&&i.isPacked&&a===!1){const m=this.unpackTensor(c);return this.disposeIntermediateTensorInfo(c),m}return c}compileAndRun(e,t,s,o,a=!1){return s=s||t[0].dtype,this.runWebGLProgram(e,t,s,o,a)}getAndSaveBinary(e,t){return e in this.binaryCache||(this.binaryCache[e]=t()),this.binaryCache[e]}getTextureManager(){return this.textureManager}dispose(){this.disposed||(b().getBool("IS_TEST")||Object.keys(this.binaryCache).forEach(t=>{this.gpgpu.deleteProgram(this.binaryCache[t].webGLProgram),delete this.binaryCache[t]}),this.textureManager.dispose(),this.canvas!=null&&typeof HTMLCanvasElement<"u"&&this.canvas instanceof HTMLCanvasElement?this.canvas.remove():this.canvas=null,this.gpgpuCreatedLocally&&(this.gpgpu.program=null,this.gpgpu.dispose()),this.disposed=!0)}floatPrecision(){return this.floatPrecisionValue==null&&(this.floatPrecisionValue=Do(()=>{if(!b().get("WEBGL_RENDER_FLOAT32_ENABLED")){const e=b().getBool("DEBUG");b().set("DEBUG",!1);const t=this.abs(_o(1e-8)).dataSync()[0];if(b().set("DEBUG",e),t>0)return 32}return 16})),this.floatPrecisionValue}epsilon(){return this.floatPrecision()===32?fd:md}uploadToGPU(e){const t=this.texData.get(e),{shape:s,dtype:o,values:a,texture:r,usage:c,isPacked:i}=t;if(r!=null)return;const u=this.activeTimers!=null;let l;u&&(l=xe());let d=t.texShape;if(d==null&&(d=gs(s,i),t.texShape=d),a!=null){const p=He(s);let h,f=d[1],x=d[0];const g=a instanceof Uint8Array||a instanceof Uint8ClampedArray;(i||!g)&&([f,x]=De(d[0],d[1])),i?h=new nl(p,g):h=new $n(p,g);const m=g?[x,f]:d,C=this.makeTensorInfo(m,o),$=this.texData.get(C.dataId);g?$.usage=Y.PIXELS:$.usage=Y.UPLOAD,$.texShape=m,this.gpgpu.uploadDenseMatrixToTexture(this.getTexture(C.dataId),f,x,a);const v=[[x,f]],N=this.runWebGLProgram(h,[C],o,v,!0),I=this.texData.get(N.dataId);t.texShape=I.texShape,t.isPacked=I.isPacked,t.usage=I.usage,b().get("ENGINE_COMPILE_ONLY")?this.disposeData(N.dataId):(t.texture=I.texture,t.values=null,this.texData.delete(N.dataId)),this.disposeIntermediateTensorInfo(C),u&&(this.uploadWaitMs+=xe()-l)}else{const p=this.acquireTexture(d,c,o,i);t.texture=p}}convertAndCacheOnCPU(e,t){const s=this.texData.get(e),{dtype:o}=s;return t!=null&&(s.values=vd(t,o)),s.values}acquireTexture(e,t,s,o){if(this.numBytesInGPU+=this.computeBytes(e,s),!this.warnedAboutMemory&&this.numBytesInGPU>this.numMBBeforeWarning*1024*1024){const a=(this.numBytesInGPU/1024/1024).toFixed(2);this.warnedAboutMemory=!0,console.warn(`High memory usage in GPU: ${a} MB, most likely due to a memory leak`)}return this.textureManager.acquireTexture(e,t,o)}computeBytes(e,t){return e[0]*e[1]*Fo(t)}checkCompileCompletion(){for(const[,e]of Object.entries(this.binaryCache))this.checkCompletion_(e)}async checkCompileCompletionAsync(){const e=[];if(this.gpgpu.parallelCompilationExtension){for(const[,t]of Object.entries(this.binaryCache))e.push(this.checkCompletionAsync_(t));return Promise.all(e)}else{for(const[,t]of Object.entries(this.binaryCache)){const s=new Promise(o=>{try{this.checkCompletion_(t),o(!0)}catch(a){throw a}});e.push(s)}return Promise.all(e)}}async checkCompletionAsync_(e){return this.gpgpu.gl.getProgramParameter(e.webGLProgram,this.gpgpu.parallelCompilationExtension.COMPLETION_STATUS_KHR)?this.checkCompletion_(e):(await jc(),this.checkCompletionAsync_(e))}checkCompletion_(e){if(this.gpgpu.gl.getProgramParameter(e.webGLProgram,this.gpgpu.gl.LINK_STATUS)===!1)throw console.log(this.gpgpu.gl.getProgramInfoLog(e.webGLProgram)),this.gpgpu.gl.getShaderParameter(e.fragmentShader,this.gpgpu.gl.COMPILE_STATUS)===!1?(Yt(e.source,this.gpgpu.gl.getShaderInfoLog(e.fragmentShader)),new Error("Failed to compile fragment shader.")):new Error("Failed to link vertex and fragment shaders.");return!0}getUniformLocations(){for(const e of Object.values(this.binaryCache)){this.gpgpu.buildVao(e.webGLProgram);const{variablesLocations:t,customUniformLocations:s,infLoc:o,nanLoc:a,outShapeLocation:r,outShapeStridesLocation:c,outTexShapeLocation:i}=Ns(this.gpgpu,e.program,e.webGLProgram);e.variablesLocations=t,e.customUniformLocations=s,e.infLoc=o,e.nanLoc=a,e.outShapeLocation=r,e.outShapeStridesLocation=c,e.outTexShapeLocation=i}}createTensorFromGPUData(e,t,s){e.channels=e.channels||"RGBA";const{texture:o,height:a,width:r,channels:c}=e,i=ue().backend;if(!i.gpgpu.gl.isTexture(o))throw new Error("The texture is invalid. Also, please make sure the texture and the TFJS WebGL backend are using the same canvas. If you want to use your own custom canvas, you have to create and use the custom TFJS WebGL backend created from the canvas through 'new tf.MathBackendWebGL(customCanvas)'.");const u=i.writeTexture(o,t,s,a,r,c);return ue().makeTensorFromDataId(u,t,s,i)}}wt.nextDataId=0;function vd(n,e){if(e==="float32"||e==="complex64")return n;if(e==="int32"||e==="bool"){const t=e==="int32"?new Int32Array(n.length):new Uint8Array(n.length);for(let s=0;s<t.length;++s)t[s]=Math.round(n[s]);return t}else throw new Error(`Unknown dtype ${e}`)}const hv="4.22.0";function $d(){b().set("WEBGL_FORCE_F16_TEXTURES",!0)}Lo()&&Bo("webgl",()=>new wt,2);const fv={forceHalfFloat:$d};const rn=`
  if (isnan(a)) return a;
  if (isnan(b)) return b;
`;class Re{constructor(e,t,s){this.variableNames=["A","B"],this.outputShape=q(t,s),this.enableShapeUniforms=V(this.outputShape.length),this.userCode=`
      float binaryOperation(float a, float b) {
        ${e}
      }

      void main() {
        float a = getAAtOutCoords();
        float b = getBAtOutCoords();
        setOutput(binaryOperation(a, b));
      }
    `}}const Te=`
  result.r = isNaN.r ? NAN : result.r;
  result.g = isNaN.g ? NAN : result.g;
  result.b = isNaN.b ? NAN : result.b;
  result.a = isNaN.a ? NAN : result.a;
`;class Ue{constructor(e,t,s,o=!1){this.variableNames=["A","B"],this.supportsBroadcasting=!0,this.packedInputs=!0,this.packedOutput=!0,this.outputShape=q(t,s);const a=this.outputShape.length;this.enableShapeUniforms=V(a);let r="";if(o)if(a===0||E(this.outputShape)===1)r=`
          result.y = 0.;
          result.z = 0.;
          result.w = 0.;
        `;else if(r=`
          ${D(a)} coords = getOutputCoords();
        `,a===1)this.enableShapeUniforms?r+=`
            result.y = (coords + 1) >= outShape ? 0. : result.y;
            result.z = 0.;
            result.w = 0.;
          `:r+=`
            result.y = (coords + 1) >= ${this.outputShape[0]} ? 0. : result.y;
            result.z = 0.;
            result.w = 0.;
          `;else{const i=W("coords",a);this.enableShapeUniforms?r+=`
            bool nextRowOutOfBounds =
              (${i[a-2]} + 1) >= outShape[${a} - 2];
            bool nextColOutOfBounds =
              (${i[a-1]} + 1) >= outShape[${a} - 1];
            result.y = nextColOutOfBounds ? 0. : result.y;
            result.z = nextRowOutOfBounds ? 0. : result.z;
            result.w = nextColOutOfBounds || nextRowOutOfBounds ? 0. : result.w;
          `:r+=`
            bool nextRowOutOfBounds =
              (${i[a-2]} + 1) >= ${this.outputShape[a-2]};
            bool nextColOutOfBounds =
              (${i[a-1]} + 1) >= ${this.outputShape[a-1]};
            result.y = nextColOutOfBounds ? 0. : result.y;
            result.z = nextRowOutOfBounds ? 0. : result.z;
            result.w = nextColOutOfBounds || nextRowOutOfBounds ? 0. : result.w;
          `}this.userCode=`
      vec4 binaryOperation(vec4 a, vec4 b) {
        ${e}
      }

      void main() {
        vec4 a = getAAtOutCoords();
        vec4 b = getBAtOutCoords();

        vec4 result = binaryOperation(a, b);
        ${r}

        setOutput(result);
      }
    `}}function X(n){const{inputs:e,backend:t}=n,{x:s}=e;return t.incRef(s.dataId),{dataId:s.dataId,shape:s.shape,dtype:s.dtype}}const Rd={kernelName:Vo,backendName:"webgl",kernelFunc:X};function me(n){const{inputs:e,backend:t}=n,{real:s,imag:o}=e,a=t.makeTensorInfo(s.shape,"complex64"),r=t.texData.get(a.dataId),c=X({inputs:{x:s},backend:t}),i=X({inputs:{x:o},backend:t});return r.complexTensorInfos={real:c,imag:i},a}const yd={kernelName:Uo,backendName:"webgl",kernelFunc:me};const Ys="return (a < 0.) ? b * a : a;",Qs=`
  vec4 aLessThanZero = vec4(lessThan(a, vec4(0.)));
  return (aLessThanZero * (b * a)) + ((vec4(1.0) - aLessThanZero) * a);
`;function wd(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{alpha:a}=s,r=t.makeTensorInfo([],"float32",Je(a,"float32")),c=b().getBool("WEBGL_PACK_BINARY_OPERATIONS")?new Ue(Qs,o.shape,r.shape):new Re(Ys,o.shape,r.shape),i=t.runWebGLProgram(c,[o,r],"float32");return t.disposeIntermediateTensorInfo(r),i}const Sd={kernelName:Wo,backendName:"webgl",kernelFunc:wd};const Js="return (a < 0.) ? b * a : a;",Zs=`
  vec4 aLessThanZero = vec4(lessThan(a, vec4(0.)));
  return (aLessThanZero * (b * a)) + ((vec4(1.0) - aLessThanZero) * a);
`;function Td(n){const{inputs:e,backend:t}=n,{x:s,alpha:o}=e,a=b().getBool("WEBGL_PACK_BINARY_OPERATIONS")?new Ue(Zs,s.shape,o.shape):new Re(Js,s.shape,o.shape);return t.runWebGLProgram(a,[s,o],"float32")}const Id={kernelName:Mo,backendName:"webgl",kernelFunc:Td};const We="if (isnan(x)) return x;";function A({opSnippet:n,packedOpSnippet:e,cpuKernelImpl:t,dtype:s}){return({inputs:o,backend:a})=>{const{x:r}=o,c=a,i=s||r.dtype;if(c.shouldExecuteOnCPU([r])&&t!=null){const d=c.texData.get(r.dataId),p=t(d.values,i);return c.makeTensorInfo(r.shape,i,p)}const u=b().getBool("WEBGL_PACK_UNARY_OPERATIONS")&&e!=null;let l;return u?l=new de(r.shape,e):l=new ae(r.shape,n),c.runWebGLProgram(l,[r],i)}}function B({opSnippet:n,packedOpSnippet:e,checkOutOfBounds:t=!1,supportsComplex:s=!1,cpuKernelImpl:o,dtype:a}){return({inputs:r,backend:c})=>{const{a:i,b:u}=r,l=c;if(s&&i.dtype==="complex64"){const f=l.texData.get(i.dataId),x=l.texData.get(u.dataId),[g,m]=[[f.complexTensorInfos.real,x.complexTensorInfos.real],[f.complexTensorInfos.imag,x.complexTensorInfos.imag]].map($=>{const[v,R]=$,N={dataId:v.dataId,dtype:v.dtype,shape:i.shape},I={dataId:R.dataId,dtype:R.dtype,shape:u.shape},S=new Re(n,i.shape,u.shape);return l.runWebGLProgram(S,[N,I],Oe(v.dtype,R.dtype))}),C=me({inputs:{real:g,imag:m},backend:l});return l.disposeIntermediateTensorInfo(g),l.disposeIntermediateTensorInfo(m),C}const d=a||Oe(i.dtype,u.dtype);if((i.dtype==="string"||u.dtype==="string"||l.shouldExecuteOnCPU([i,u]))&&o!=null){const f=l.texData.get(i.dataId).values,x=l.texData.get(u.dataId).values,g=i.dtype==="string"?Pt(f):f,m=i.dtype==="string"?Pt(x):x,[C,$]=o(i.shape,u.shape,g,m,d),v=l.makeTensorInfo($,d),R=l.texData.get(v.dataId);return R.values=C,v}const p=b().getBool("WEBGL_PACK_BINARY_OPERATIONS")&&e!=null;let h;return p?h=new Ue(e,i.shape,u.shape,t):h=new Re(n,i.shape,u.shape),l.runWebGLProgram(h,[i,u],d)}}function qe(n,e=!1){if(n==="linear")return e?id:nd;if(n==="relu")return e?ud:od;if(n==="elu")return e?cd:sd;if(n==="relu6")return e?ld:ad;if(n==="prelu")return e?Zs:Js;if(n==="leakyrelu")return e?Qs:Ys;if(n==="sigmoid")return e?dd:rd;throw new Error(`Activation ${n} has not been implemented for the WebGL backend.`)}class eo{constructor(e,t,s,o=!1,a=!1,r=!1,c=null,i=!1,u=!1){this.variableNames=["matrixA","matrixB"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=s,this.enableShapeUniforms=V(this.outputShape.length);const l=o?e[1]:e[2],d=Math.ceil(l/2),p=o?"i * 2, rc.y":"rc.y, i * 2",h=a?"rc.z, i * 2":"i * 2, rc.z",f=o?["a.xxyy","a.zzww"]:["a.xxzz","a.yyww"],x=a?["b.xzxz","b.ywyw"]:["b.xyxy","b.zwzw"];let g="",m="";c&&(i?g=`vec4 activation(vec4 a) {
          vec4 b = getPreluActivationWeightsAtOutCoords();
          ${c}
        }`:u?g=`vec4 activation(vec4 a) {
          vec4 b = getLeakyreluAlphaAtOutCoords();
          ${c}
        }`:g=`vec4 activation(vec4 x) {
          ${c}
        }`,m="result = activation(result);");const C=r?"result += getBiasAtOutCoords();":"";r&&this.variableNames.push("bias"),i&&this.variableNames.push("preluActivationWeights"),u&&this.variableNames.push("leakyreluAlpha");let $="rc.x",v="rc.x";e[0]<t[0]?$=`imod(rc.x, ${e[0]})`:t[0]<e[0]&&(v=`imod(rc.x, ${t[0]})`),this.userCode=`
      ${g}
      // Don't use uniform for sharedDimensionPacked for performance.
      const float sharedDimension = ${d}.0;

      vec4 dot2x2ARowBCol(ivec3 rc) {
        vec4 result = vec4(0);
        int batchA = ${$};
        int batchB = ${v};
        for (int i = 0; i < ${d}; i++) {
          vec4 a = getMatrixA(batchA, ${p});
          vec4 b = getMatrixB(batchB, ${h});

          // These swizzled products need to be separately added.
          // See: https://github.com/tensorflow/tfjs/issues/1735
          result += (${f[0]} * ${x[0]});
          result += (${f[1]} * ${x[1]});
        }
        return result;
      }

      void main() {
        ivec3 rc = getOutputCoords();
        vec4 result = dot2x2ARowBCol(rc);

        ${C}

        ${m}

        setOutput(result);
      }
    `}}const Tn={REAL:"return areal * breal - aimag * bimag;",IMAG:"return areal * bimag + aimag * breal;"};class In{constructor(e,t,s){this.variableNames=["AReal","AImag","BReal","BImag"],this.outputShape=q(t,s),this.userCode=`
      float binaryOpComplex(
          float areal, float aimag, float breal, float bimag) {
        ${e}
      }

      void main() {
        float areal = getARealAtOutCoords();
        float aimag = getAImagAtOutCoords();
        float breal = getBRealAtOutCoords();
        float bimag = getBImagAtOutCoords();
        setOutput(binaryOpComplex(areal, aimag, breal, bimag));
      }
    `}}const Nn="return a * b;";function cn(n){const{inputs:e,backend:t}=n,{a:s,b:o}=e,a=Oe(s.dtype,o.dtype);if(s.dtype==="complex64"){const c=t.texData.get(s.dataId),i=t.texData.get(o.dataId),u=new In(Tn.REAL,s.shape,o.shape),l=new In(Tn.IMAG,s.shape,o.shape),d=[{dataId:c.complexTensorInfos.real.dataId,dtype:c.complexTensorInfos.real.dtype,shape:s.shape},{dataId:c.complexTensorInfos.imag.dataId,dtype:c.complexTensorInfos.imag.dtype,shape:s.shape},{dataId:i.complexTensorInfos.real.dataId,dtype:i.complexTensorInfos.real.dtype,shape:o.shape},{dataId:i.complexTensorInfos.imag.dataId,dtype:i.complexTensorInfos.imag.dtype,shape:o.shape}],p=t.runWebGLProgram(u,d,"float32"),h=t.runWebGLProgram(l,d,"float32"),f=me({inputs:{real:p,imag:h},backend:t});return t.disposeIntermediateTensorInfo(p),t.disposeIntermediateTensorInfo(h),f}if(t.shouldExecuteOnCPU([s,o])){const c=t.texData.get(s.dataId),i=t.texData.get(o.dataId),[u,l]=Sl(s.shape,o.shape,c.values,i.values,a),d=t.makeTensorInfo(l,a),p=t.texData.get(d.dataId);return p.values=u,d}let r;return b().getBool("WEBGL_PACK_BINARY_OPERATIONS")?r=new Ue(Nn,s.shape,o.shape):r=new Re(Nn,s.shape,o.shape),t.runWebGLProgram(r,[s,o],a)}const Nd={kernelName:Go,backendName:"webgl",kernelFunc:cn};function Ed(n,e,t){const s=[ve(n.shape),...$e(n.shape)],o={dtype:n.dtype,shape:s,dataId:n.dataId},a=[ve(e),...$e(e)],r=new qs(a,s),c=!0,i=[s],u=t.runWebGLProgram(r,[o],n.dtype,i,c);return{dataId:u.dataId,shape:e,dtype:u.dtype}}function y(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{shape:a}=s,r=t,c=E(o.shape),i=Ho(a,c),u=E(i);P(c===u,()=>`The new shape (${i}) has ${u} elements and the old shape (${o.shape}) has ${c} elements. The new shape and old shape must have the same number of elements.`);const l=r.texData.get(o.dataId);return l.isPacked&&!je(o.shape,i)&&!(l.texture!==null&&je(l.shape,i))?Ed(o,i,r):(r.incRef(o.dataId),{dataId:o.dataId,shape:i,dtype:o.dtype})}const kd={kernelName:zo,backendName:"webgl",kernelFunc:y};class En{constructor(e,t){this.variableNames=["x"];const{windowSize:s,batchSize:o,inSize:a,outSize:r}=e;this.outputShape=[o,r];const c=Math.floor(s/4)*4,i=s%4;let u="sumValue += dot(values, ones);";if(t!=null){const d=1/t;u=`sumValue += dot(values * ${Xo(d)?d.toPrecision(2):d}, ones);`}let l="";a%s>0&&(l=`
        if (inIdx < 0 || inIdx >= ${a}) {
          return 0.0;
        }
      `),this.userCode=`
      const vec4 ones = vec4(1.0, 1.0, 1.0, 1.0);

      float getValue(int batch, int inIdx) {
        ${l}
        return getX(batch, inIdx);
      }

      void main() {
        ivec2 coords = getOutputCoords();
        int batch = coords[0];
        int outIdx = coords[1];
        int inOffset = outIdx * ${s};

        float sumValue = 0.0;

        for (int i = 0; i < ${c}; i += 4) {
          int inIdx = inOffset + i;
          vec4 values = vec4(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            getValue(batch, inIdx + 2),
            getValue(batch, inIdx + 3)
          );

          ${u}
        }

        int inIdx = inOffset + ${c};
        if (${i===1}) {
          vec4 values = vec4(getValue(batch, inIdx), 0.0, 0.0, 0.0);

          ${u}
        } else if (${i===2}) {
          vec4 values = vec4(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1), 0.0, 0.0);

          ${u}
        } else if (${i===3}) {
          vec4 values = vec4(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            getValue(batch, inIdx + 2), 0.0);

          ${u}
        }
        setOutput(sumValue);
      }
    `}}class Od{constructor(e,t){this.variableNames=["x"];const{windowSize:s,batchSize:o,inSize:a,outSize:r}=e;this.outputShape=[o,r];let c="0.0",i="";t==="prod"?c="1.0":t==="min"?(c="1.0 / 1e-20",i="min"):t==="max"&&(c="-1.0 / 1e-20",i="max");let u=`${t}(${t}(${t}(minMaxValue[0], minMaxValue[1]), minMaxValue[2]), minMaxValue[3])`;t==="sum"?u="sumValue":t==="prod"?u="prodValue":t==="all"?u="allValue":t==="any"&&(u="anyValue");const l=Math.floor(s/4)*4,d=s%4;let p=`
      if (${t==="sum"}) {
        sumValue += dot(values, ones);
      } else if (${t==="prod"}) {
        vec2 tmp = vec2(values[0], values[1]) * vec2(values[2], values[3]);
        prodValue *= tmp[0] * tmp[1];
      } else {
        minMaxValue = ${i}(values, minMaxValue);
        if (${t==="min"} || ${t==="max"}) {
          minMaxValue = ${i}(values, minMaxValue);
          bvec4 isNaN = isnan(values);
          if (isNaN.r || isNaN.g || isNaN.b || isNaN.a) {
            minMaxValue = vec4(NAN);
          }
        }
      }
    `,h="vec4";t==="all"?(c="1.0",p=`
        bool reducedAllValue = all(values);
        float floatedReducedAllValue = float(reducedAllValue);
        allValue = float(allValue >= 1.0 && floatedReducedAllValue >= 1.0);
      `,h="bvec4"):t==="any"&&(c="0.0",p=`
        bool reducedAnyValue = any(values);
        float floatedReducedAnyValue = float(reducedAnyValue);
        anyValue = float(anyValue >= 1.0 || floatedReducedAnyValue >= 1.0);
      `,h="bvec4");let f="";a%s>0&&(f=`
        if (inIdx < 0 || inIdx >= ${a}) {
          return initializationValue;
        }
      `),this.userCode=`
      const float initializationValue = ${c};
      const vec4 ones = vec4(1.0, 1.0, 1.0, 1.0);

      float getValue(int batch, int inIdx) {
        ${f}
        return getX(batch, inIdx);
      }

      void main() {
        ivec2 coords = getOutputCoords();
        int batch = coords[0];
        int outIdx = coords[1];
        int inOffset = outIdx * ${s};

        vec4 minMaxValue = vec4(${c});
        float prodValue = 1.0;
        float sumValue = 0.0;
        float allValue = 1.0;
        float anyValue = 0.0;

        for (int i = 0; i < ${l}; i += 4) {
          int inIdx = inOffset + i;
          ${h} values = ${h}(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            getValue(batch, inIdx + 2),
            getValue(batch, inIdx + 3)
          );

          ${p}
        }

        int inIdx = inOffset + ${l};
        if (${d===1}) {
          ${h} values = ${h}(
            getValue(batch, inIdx),
            initializationValue,
            initializationValue,
            initializationValue
          );

          ${p}
        } else if (${d===2}) {
          ${h} values = ${h}(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            initializationValue,
            initializationValue
          );

          ${p}
        } else if (${d===3}) {
          ${h} values = ${h}(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            getValue(batch, inIdx + 2),
            initializationValue
          );

          ${p}
        }
        setOutput(${u});
      }
    `}}function Ad(n){const e=[];for(;e.length===0||e[e.length-1].outSize!==1;){const t=e.length?e[e.length-1].outSize:n[1],s=Ht(t);e.push({inSize:t,windowSize:s,outSize:Math.ceil(t/s)})}return e}function Ie(n,e,t,s){const o=Ad(n.shape);let a=n;for(let r=0;r<o.length;r++){const{inSize:c,windowSize:i,outSize:u}=o[r];let l,d;t==="mean"?l=r===0?new En({windowSize:i,inSize:c,batchSize:n.shape[0],outSize:u},c):new En({windowSize:i,inSize:c,batchSize:n.shape[0],outSize:u}):l=new Od({windowSize:i,inSize:c,batchSize:n.shape[0],outSize:u},t),d=a,a=s.runWebGLProgram(l,[a],e),d.dataId!==n.dataId&&s.disposeIntermediateTensorInfo(d)}return a}class Pd{constructor(e,t){this.variableNames=["A"];const s=new Array(e.length);for(let r=0;r<s.length;r++)s[r]=e[t[r]];this.outputShape=s,this.rank=s.length;const o=D(this.rank),a=Dd(t);this.userCode=`
    void main() {
      ${o} resRC = getOutputCoords();
      setOutput(getA(${a}));
    }
    `}}function Dd(n){const e=n.length;if(e>6)throw Error(`Transpose for rank ${e} is not yet supported`);const t=["resRC.x","resRC.y","resRC.z","resRC.w","resRC.u","resRC.v"],s=new Array(e);for(let o=0;o<n.length;o++)s[n[o]]=t[o];return s.join()}class Fd{constructor(e,t){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0;const s=new Array(e.length);for(let l=0;l<s.length;l++)s[l]=e[t[l]];if(this.outputShape=s,this.rank=s.length,this.rank>6)throw Error(`Packed transpose for rank ${this.rank} is not yet supported.`);const o=D(this.rank),a=js("rc",this.rank),r=new Array(this.rank);for(let l=0;l<t.length;l++)r[t[l]]=a[l];const c=`vec2(${r.slice(-2).join()})`,i=`++${a[this.rank-1]} < ${s[this.rank-1]}`,u=`getChannel(getA(${r.join()}), ${c})`;this.userCode=`
    void main() {
      ${o} rc = getOutputCoords();
      vec4 result = vec4(0.);
      result[0] = ${u};
      if(${i}) {
        result[1] = ${u};
      }
      --${a[this.rank-1]};
      if(++${a[this.rank-2]} < ${s[this.rank-2]}) {
        result[2] = ${u};
        if(${i}) {
          result[3] = ${u};
        }
      }
      setOutput(result);
    }
    `}}function St(n,e,t){const s=b().getBool("WEBGL_PACK_ARRAY_OPERATIONS")?new Fd(n.shape,e):new Pd(n.shape,e);return t.runWebGLProgram(s,[n],n.dtype)}function _d(n,e,t,s){const o=e,a=n.shape.length,r=K(o,n.shape);let c=r;const i=ne(c,a),u=i!=null;let l=n;u&&(l=St(n,i,s),c=se(c.length,a)),re("sum",c,a);const[d,p]=pe(l.shape,c);let h=d;t&&(h=he(d,r));const f=E(p),g=E(n.shape)/f,m=y({inputs:{x:l},attrs:{shape:[g,f]},backend:s}),C=zt(n.dtype),$=Ie(m,C,"sum",s),v=y({inputs:{x:$},attrs:{shape:h},backend:s});return s.disposeIntermediateTensorInfo(m),s.disposeIntermediateTensorInfo($),u&&s.disposeIntermediateTensorInfo(l),v}function Tt(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,keepDims:r}=s;return _d(o,a,r,t)}const Ld={kernelName:Ko,backendName:"webgl",kernelFunc:Tt};function M(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{perm:a}=s,r=t,c=o.shape.length,i=new Array(c);for(let l=0;l<i.length;l++)i[l]=o.shape[a[l]];let u;if(r.shouldExecuteOnCPU([o])){const d=r.texData.get(o.dataId).values,p=an(d,o.shape,o.dtype,a,i);u=r.makeTensorInfo(i,o.dtype);const h=r.texData.get(u.dataId);h.values=p}else u=St(o,a,r);return u}const Bd={kernelName:jo,backendName:"webgl",kernelFunc:M};const to=1e3;function gt({a:n,b:e,transposeA:t,transposeB:s,backend:o,bias:a=null,preluActivationWeights:r=null,leakyreluAlpha:c=0,activation:i=null}){const u=n.shape.length,l=e.shape.length,d=t?n.shape[u-2]:n.shape[u-1],p=s?e.shape[l-1]:e.shape[l-2],h=t?n.shape[u-1]:n.shape[u-2],f=s?e.shape[l-2]:e.shape[l-1],x=n.shape.slice(0,-2),g=e.shape.slice(0,-2),m=E(x),C=E(g),v=q(n.shape.slice(0,-2),e.shape.slice(0,-2)).concat([h,f]);P(d===p,()=>`Error in matMul: inner shapes (${d}) and (${p}) of Tensors with shapes ${n.shape} and ${e.shape} and transposeA=${t} and transposeB=${s} must match.`);const R=t?[m,d,h]:[m,h,d],N=s?[C,f,p]:[C,p,f],I=y({inputs:{x:n},backend:o,attrs:{shape:R}}),S=y({inputs:{x:e},backend:o,attrs:{shape:N}}),O=[I,S],k=Math.max(m,C),F=t?I.shape[1]:I.shape[2],_=a!=null,oe=r!=null,H=i==="leakyrelu",j=i!=null?qe(i,!0):null,J=_||oe||H||j!=null;let ee;if((h===1||f===1)&&F>to&&J===!1){let ce=I,Ne=S;t&&(ce=M({inputs:{x:I},backend:o,attrs:{perm:[0,2,1]}}),O.push(ce)),s&&(Ne=M({inputs:{x:S},backend:o,attrs:{perm:[0,2,1]}}),O.push(Ne));const Ee=f!==1,at=f===1;let Nt=ce;Ee&&(Nt=y({inputs:{x:ce},backend:o,attrs:{shape:[k,F,1]}}),O.push(Nt));const To=f===1?2:1;let Et=Ne;at&&(Et=y({inputs:{x:Ne},backend:o,attrs:{shape:[k,1,F]}}),O.push(Et));const dn=cn({inputs:{a:Nt,b:Et},backend:o});ee=Tt({inputs:{x:dn},backend:o,attrs:{axis:To,keepDims:!0}}),O.push(dn)}else{const ce=Oe(n.dtype,e.dtype),Ne=new eo(R,N,[k,h,f],t,s,_,j,oe,H),Ee=[I,S];if(a!=null&&Ee.push(a),oe&&Ee.push(r),H){const at=o.makeTensorInfo([],"float32",Je(c,"float32"));Ee.push(at),O.push(at)}ee=o.runWebGLProgram(Ne,Ee,ce)}const U=y({inputs:{x:ee},backend:o,attrs:{shape:v}});O.push(ee);for(const ce of O)o.disposeIntermediateTensorInfo(ce);return U}function Vd(n){const{inputs:e,backend:t,attrs:s}=n,{a:o,b:a,bias:r,preluActivationWeights:c}=e,{transposeA:i,transposeB:u,activation:l,leakyreluAlpha:d}=s;return gt({a:o,b:a,transposeA:i,transposeB:u,backend:t,bias:r,preluActivationWeights:c,leakyreluAlpha:d,activation:l})}const Ud={kernelName:qo,backendName:"webgl",kernelFunc:Vd};const kn="return abs(x);";function Wd(n){const{inputs:e,backend:t}=n,{x:s}=e;if(t.shouldExecuteOnCPU([s])&&s.dtype!=="complex64"){const a=t.texData.get(s.dataId),r=Xs(a.values);return t.makeTensorInfo(s.shape,s.dtype,r)}let o;return b().getBool("WEBGL_PACK_UNARY_OPERATIONS")?o=new de(s.shape,kn):o=new ae(s.shape,kn),t.runWebGLProgram(o,[s],s.dtype)}const Md={kernelName:Yo,backendName:"webgl",kernelFunc:Wd};const Gd=Z+`
  if (abs(x) > 1.) {
    return NAN;
  }
  return acos(x);
`,zd=A({opSnippet:Gd}),Hd={kernelName:Qo,backendName:"webgl",kernelFunc:zd};const Xd=Z+`
  if (x < 1.0) return NAN;
return log(x + sqrt(x * x - 1.0));`,Kd=A({opSnippet:Xd}),jd={kernelName:Jo,backendName:"webgl",kernelFunc:Kd};const On="return a + b;",qd=B({opSnippet:On,packedOpSnippet:On,supportsComplex:!0,cpuKernelImpl:ol}),Yd={kernelName:Zo,backendName:"webgl",kernelFunc:qd};class Qd{constructor(e,t){this.outputShape=[],this.outputShape=e,this.variableNames=t.map((a,r)=>`T${r}`);const s=[];this.variableNames.forEach(a=>{s.push(`float v${a} = get${a}AtOutCoords();`)});const o=this.variableNames.map(a=>`v${a}`).join(" + ");this.userCode=`
      void main() {
        ${s.join(`
        `)}

        float result = ${o};
        setOutput(result);
      }
    `}}class Jd{constructor(e,t){this.outputShape=[],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=e,this.variableNames=t.map((a,r)=>`T${r}`);const s=[];this.variableNames.forEach(a=>{s.push(`vec4 v${a} = get${a}AtOutCoords();`)});const o=this.variableNames.map(a=>`v${a}`).join(" + ");this.userCode=`
      void main() {
        ${s.join(`
        `)}

        vec4 result = ${o};
        setOutput(result);
      }
    `}}function mt(n){const{inputs:e,backend:t}=n,s=e;if(s.length===1)return X({inputs:{x:s[0]},backend:t});if(s.length>b().getNumber("WEBGL_MAX_TEXTURES_IN_SHADER")){const i=Math.floor(s.length/2),u=mt({inputs:s.slice(0,i),backend:t}),l=mt({inputs:s.slice(i),backend:t});return mt({inputs:[u,l],backend:t})}const o=s.map(i=>i.dtype).reduce((i,u)=>Oe(i,u)),a=s.map(i=>i.shape),c=b().getBool("WEBGL_PACK")?new Jd(s[0].shape,a):new Qd(s[0].shape,a);return t.runWebGLProgram(c,s,o)}const Zd={kernelName:ea,backendName:"webgl",kernelFunc:mt};function ep(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,keepDims:r}=s,c=o.shape.length,i=K(a,o.shape);let u=i;const l=ne(u,c);let d=o;l!=null&&(d=M({inputs:{x:o},backend:t,attrs:{perm:l}}),u=se(u.length,c)),re("all",u,c);const[p,h]=pe(d.shape,u),f=E(h),x=y({inputs:{x:d},backend:t,attrs:{shape:[-1,f]}}),g=Ie(x,x.dtype,"all",t);let m;if(r){const C=he(p,i);m=y({inputs:{x:g},backend:t,attrs:{shape:C}})}else m=y({inputs:{x:g},backend:t,attrs:{shape:p}});return t.disposeIntermediateTensorInfo(x),t.disposeIntermediateTensorInfo(g),l!=null&&t.disposeIntermediateTensorInfo(d),m}const tp={kernelName:ta,backendName:"webgl",kernelFunc:ep};function np(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,keepDims:r}=s,c=o.shape.length,i=K(a,o.shape);let u=i;const l=ne(u,c);let d=o;l!=null&&(d=M({inputs:{x:o},backend:t,attrs:{perm:l}}),u=se(u.length,c)),re("any",u,c);const[p,h]=pe(d.shape,u),f=E(h),x=y({inputs:{x:d},backend:t,attrs:{shape:[-1,f]}}),g=Ie(x,x.dtype,"any",t);let m;if(r){const C=he(p,i);m=y({inputs:{x:g},backend:t,attrs:{shape:C}})}else m=y({inputs:{x:g},backend:t,attrs:{shape:p}});return t.disposeIntermediateTensorInfo(x),t.disposeIntermediateTensorInfo(g),l!=null&&t.disposeIntermediateTensorInfo(d),m}const sp={kernelName:na,backendName:"webgl",kernelFunc:np};class op{constructor(e,t,s){this.variableNames=["A"];const{windowSize:o,batchSize:a,outSize:r}=e;s||this.variableNames.push("bestIndicesA"),this.outputShape=[a,r];const c=t==="max"?">":"<",i=s?"inOffset + i;":"round(getBestIndicesA(batch, inOffset + i));";this.userCode=`
      void main() {
        ivec2 coords = getOutputCoords();
        int batch = coords[0];
        int outIdx = coords[1];
        int inOffset = outIdx * ${o};

        int bestIndex = inOffset;
        float bestValue = getA(batch, bestIndex);

        for (int i = 0; i < ${o}; i++) {
          int inIdx = ${i};
          float candidate = getA(batch, inIdx);
          if (candidate ${c} bestValue) {
            bestValue = candidate;
            bestIndex = inIdx;
          }
        }
        setOutput(float(bestIndex));
      }
    `}}class ap{constructor(e,t,s,o){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,P(e.length>2,()=>`Packed arg${s.charAt(0).toUpperCase()+s.slice(1)} supports only inputs with rank above 2.`);const a=e[e.length-1],r=Math.ceil(a/t);this.outputShape=e.slice(0,-1),r>1&&this.outputShape.push(r),o||this.variableNames.push("bestIndicesA");const c=this.outputShape,i=c.length,u=D(i),l=W("coords",i);let d,p;if(r===1){p=i+1;const S=D(p);d=`
        ${S} sourceLocR = ${S}(${l.join()}, 0);
        ++${l[i-1]};
        ${S} sourceLocG = ${S}(${l.join()}, 0);
        ++${l[i-2]};
        ${S} sourceLocA = ${S}(${l.join()}, 0);
        --${l[i-1]};
        ${S} sourceLocB = ${S}(${l.join()}, 0);
        --${l[i-2]};`}else p=i,d=`
        ${u} sourceLocR = coords;
        ++${l[i-1]};
        ${u} sourceLocG = coords;
        ++${l[i-2]};
        ${u} sourceLocA = coords;
        --${l[i-1]};
        ${u} sourceLocB = coords;
        --${l[i-2]};`;const h=["x","y","z","w","u","v"].slice(0,p),f="."+h[p-1],x=h.map(S=>"int "+S),g=W("sourceLocR",p-1).concat("inIdx.r"),m=W("sourceLocG",p-1).concat("inIdx.g"),C=W("sourceLocB",p-1).concat("inIdx.b"),$=W("sourceLocA",p-1).concat("inIdx.a"),v=s==="max"?"greaterThan":"lessThan",R=o?"":`
          inIdx = round(vec4(getBestIndicesAChannel(${g.join()}),
                             getBestIndicesAChannel(${m.join()}),
                             getBestIndicesAChannel(${C.join()}),
                             getBestIndicesAChannel(${$.join()})));`,N=`vec4(
            getAChannel(${g.join()}),
            hasNextCol ? getAChannel(${m.join()}) : 0.,
            hasNextRow ? getAChannel(${C.join()}) : 0.,
            hasNextRow && hasNextCol ? getAChannel(${$.join()}) : 0.)`,I=o?"":`
      float getBestIndicesAChannel(${x.join()}) {
        return getChannel(getBestIndicesA(${h.join()}),
                                          vec2(${h.slice(-2).join()}));
      }`;this.userCode=`
      float getAChannel(${x.join()}) {
        return getChannel(getA(${h.join()}),
                               vec2(${h.slice(-2).join()}));
      }
      ${I}
      void main() {
        ${u} coords = getOutputCoords();
        bool hasNextCol = ${l[i-1]} < ${c[i-1]-1};
        bool hasNextRow = ${l[i-2]} < ${c[i-2]-1};
        ${d}
        ivec4 srcIdx = ivec4(sourceLocR${f}, sourceLocG${f},
          sourceLocB${f}, sourceLocA${f}) * ${t};
        ivec4 inIdx = srcIdx;
        vec4 bestIndex = vec4(inIdx);
        vec4 bestValue = ${N};

        for (int i = 0; i < ${t}; i++) {
          inIdx = srcIdx;
          ${R}
          vec4 candidate = ${N};
          bvec4 nan = isnan(candidate);
          bvec4 replace = bvec4(
            vec4(${v}(candidate, bestValue)) * (vec4(1.0) - vec4(nan)));

          bestValue = vec4(replace.x  ? candidate.x : bestValue.x,
                           replace.y  ? candidate.y : bestValue.y,
                           replace.z  ? candidate.z : bestValue.z,
                           replace.w  ? candidate.w : bestValue.w);
          bestIndex = mix(bestIndex, vec4(inIdx), vec4(replace));
          srcIdx++;
        }
        setOutput(bestIndex);
      }
    `}}function no(n,e,t,s=null){let o=e.shape[0],a=e.shape[1];s!=null&&(o=s.shape[0],a=s.shape[1]);const r=Ht(a),c={windowSize:r,inSize:a,batchSize:o,outSize:Math.ceil(a/r)},i=new op(c,t,s==null),u=[e];s!=null&&u.push(s);const l=n.runWebGLProgram(i,u,"int32");if(l.shape[1]===1)return l;const d=no(n,e,t,l);return n.disposeIntermediateTensorInfo(l),d}function so(n,e,t,s=null){const o=s!=null?s.shape:e.shape,a=o[o.length-1],r=Ht(a),c=new ap(o,r,t,s==null),i=s==null?[e]:[e,s],u=n.runWebGLProgram(c,i,"int32");if(u.shape.length===e.shape.length){const l=so(n,e,t,u);return n.disposeIntermediateTensorInfo(u),l}return u}function oo(n,e,t,s){const o=[t];if(re("arg"+s.charAt(0).toUpperCase()+s.slice(1),o,e.shape.length),!b().getBool("WEBGL_PACK_REDUCE")||e.shape.length<=2){const a=[],r=n.texData.get(e.dataId),c=r!==null&&r.isPacked;let i=e;c&&(i=n.unpackTensor(e),a.push(i));const[u,l]=pe(i.shape,o),d=E(l),p=y({inputs:{x:i},backend:n,attrs:{shape:[-1,d]}});a.push(p);const h=no(n,p,s);a.push(h);const f=y({inputs:{x:h},backend:n,attrs:{shape:u}});return a.forEach(x=>n.disposeIntermediateTensorInfo(x)),f}return so(n,e,s)}function rp(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a}=s;let r=K(a,o.shape);const c=ne(r,o.shape.length);let i=o;const u=[];c!=null&&(i=M({inputs:{x:o},backend:t,attrs:{perm:c}}),u.push(i),r=se(r.length,i.shape.length)),re("argMax",[r[0]],i.shape.length);const l=oo(t,i,r[0],"max");return u.forEach(d=>t.disposeIntermediateTensorInfo(d)),l}const ip={kernelName:sa,backendName:"webgl",kernelFunc:rp};function cp(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a}=s;let r=K(a,o.shape);const c=ne(r,o.shape.length);let i=o;const u=[];c!=null&&(i=M({inputs:{x:o},backend:t,attrs:{perm:c}}),u.push(i),r=se(r.length,i.shape.length)),re("argMin",[r[0]],i.shape.length);const l=oo(t,i,r[0],"min");return u.forEach(d=>t.disposeIntermediateTensorInfo(d)),l}const up={kernelName:oa,backendName:"webgl",kernelFunc:cp};const lp=Z+`
  if (abs(x) > 1.) {
    return NAN;
  }
  return asin(x);
`,dp=A({opSnippet:lp}),pp={kernelName:aa,backendName:"webgl",kernelFunc:dp};const hp=Z+"return log(x + sqrt(x * x + 1.0));",fp=A({opSnippet:hp}),mp={kernelName:ra,backendName:"webgl",kernelFunc:fp};const xp=Z+`
  return atan(x);
`,gp=A({opSnippet:xp}),Cp={kernelName:ia,backendName:"webgl",kernelFunc:gp};const bp=rn+`
  return atan(a, b);
`,vp=`
  vec4 result = atan(a, b);
  bvec4 isNaNA = isnan(a);
  bvec4 isNaNB = isnan(b);
  bvec4 isNaN = bvec4(isNaNA.x || isNaNB.x, isNaNA.y || isNaNB.y, isNaNA.z || isNaNB.z, isNaNA.w || isNaNB.w);
  `+Te+`
  return result;
`,$p=B({opSnippet:bp,packedOpSnippet:vp}),Rp={kernelName:ca,backendName:"webgl",kernelFunc:$p};const yp=Z+`
  if ((x < -1.0) || (x > 1.0)) return NAN;
return (log(1.0 + x) - log(1.0 - x)) / 2.0;`,wp=A({opSnippet:yp}),Sp={kernelName:ua,backendName:"webgl",kernelFunc:wp};class Ye{constructor(e,t,s,o=!1,a=!1){if(this.variableNames=["x"],t==="avg"&&s)throw new Error("Cannot compute positions for average pool.");const r=e.filterWidth,c=e.strideHeight,i=e.strideWidth,u=e.dilationHeight,l=e.dilationWidth,d=e.effectiveFilterHeight,p=e.effectiveFilterWidth,h=e.padInfo.top,f=e.padInfo.left;this.outputShape=e.outShape;const x=t==="avg",g=`((batch  * ${e.inHeight} + xR) * ${e.inWidth} + xC) * ${e.inChannels} + d`,m=`(xR * ${e.inWidth} + xC) * ${e.inChannels} + d`;let C="0.0";if(x||(C="-1.0 / 1e-20"),s){this.userCode=`
        const ivec2 strides = ivec2(${c}, ${i});
        const ivec2 pads = ivec2(${h}, ${f});

        void main() {
          ivec4 coords = getOutputCoords();
          int batch = coords[0];
          int d = coords[3];

          ivec2 xRCCorner = coords.yz * strides - pads;
          int xRCorner = xRCCorner.x;
          int xCCorner = xRCCorner.y;

          // max/min x(?, ?, d) to get y(yR, yC, d).
          // ? = to be determined
          float minMaxValue = 0.0;
          float minMaxValueFound = 0.0;
          int minMaxPosition = 0;
          float avgValue = 0.0;

          for (int wR = 0; wR < ${d};
              wR += ${u}) {
            int xR = xRCorner + wR;

            if (xR < 0 || xR >= ${e.inHeight}) {
              continue;
            }

            for (int wC = 0; wC < ${p};
                wC += ${l}) {
              int xC = xCCorner + wC;

              if (xC < 0 || xC >= ${e.inWidth}) {
                continue;
              }

              float value = getX(batch, xR, xC, d);

              // If a min / max value has already been found, use it. If not,
              // use the current value.
              float currMinMaxValue = mix(
                  value, minMaxValue, minMaxValueFound);
              if (value >= currMinMaxValue) {
                minMaxValue = value;
                minMaxValueFound = 1.0;
                minMaxPosition = ${o?a?g:m:`wR * ${p} + wC`};
              }
            }
          }
          setOutput(float(minMaxPosition));
        }
      `;return}const $="max";let v=`${t}(${t}(${t}(minMaxValue[0], minMaxValue[1]), minMaxValue[2]), minMaxValue[3])`;t==="avg"&&(v="avgValue / max(count, 1.0)");const R=Math.floor(r/4)*4,N=r%4,I=`
      if (${x}) {
        avgValue += dot(values, ones);
      } else {
        minMaxValue = ${$}(values, minMaxValue);
      }
    `;this.userCode=`
      const ivec2 strides = ivec2(${c}, ${i});
      const ivec2 pads = ivec2(${h}, ${f});
      const float initializationValue = ${C};
      const vec4 ones = vec4(1.0, 1.0, 1.0, 1.0);

      float count = 0.0;

      float getValue(int batch, int xR, int xC, int d) {
        if (xC < 0 || xC >= ${e.inWidth}) {
          return initializationValue;
        }
        count += 1.0;
        return getX(batch, xR, xC, d);
      }

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords[0];
        int d = coords[3];

        ivec2 xRCCorner = coords.yz * strides - pads;
        int xRCorner = xRCCorner.x;
        int xCCorner = xRCCorner.y;

        // max/min x(?, ?, d) to get y(yR, yC, d).
        // ? = to be determined
        vec4 minMaxValue = vec4(${C});
        float avgValue = 0.0;
        count = 0.0;

        for (int wR = 0; wR < ${d};
            wR += ${u}) {
          int xR = xRCorner + wR;

          if (xR < 0 || xR >= ${e.inHeight}) {
            continue;
          }

          for (int wC = 0; wC < ${R}; wC += 4) {
            int xC = xCCorner + wC * ${l};

            vec4 values = vec4(
              getValue(batch, xR, xC, d),
              getValue(batch, xR, xC + ${l}, d),
              getValue(batch, xR, xC + 2 * ${l}, d),
              getValue(batch, xR, xC + 3 * ${l}, d)
            );

            ${I}
          }

          int xC = xCCorner + ${R};
          if (${N===1}) {
            vec4 values = vec4(
              getValue(batch, xR, xC, d),
              initializationValue,
              initializationValue,
              initializationValue
            );

            ${I}
          } else if (${N===2}) {
            vec4 values = vec4(
              getValue(batch, xR, xC, d),
              getValue(batch, xR, xC + ${l}, d),
              initializationValue,
              initializationValue
            );

            ${I}
          } else if (${N===3}) {
            vec4 values = vec4(
              getValue(batch, xR, xC, d),
              getValue(batch, xR, xC + ${l}, d),
              getValue(batch, xR, xC + 2 * ${l}, d),
              initializationValue
            );

            ${I}
          }
        }
        setOutput(${v});
      }
    `}}class un{constructor(e,t,s,o=!1,a=!1){if(this.variableNames=["x"],t==="avg"&&s)throw new Error("Cannot compute positions for average pool.");const r=e.filterWidth,c=e.strideDepth,i=e.strideHeight,u=e.strideWidth,l=e.dilationDepth,d=e.dilationHeight,p=e.dilationWidth,h=e.effectiveFilterDepth,f=e.effectiveFilterHeight,x=e.effectiveFilterWidth,g=e.padInfo.front,m=e.padInfo.top,C=e.padInfo.left;this.outputShape=e.outShape;const $=t==="avg";let v="0.0";if($||(v="-1.0 / 1e-20"),s){this.userCode=`
        const ivec3 strides =
            ivec3(${c}, ${i}, ${u});
        const ivec3 pads = ivec3(${g}, ${m}, ${C});

        void main() {
          ivec5 coords = getOutputCoords();
          int batch = coords.x;
          int ch = coords.u;

          ivec3 xCorner = ivec3(coords.y, coords.z, coords.w) * strides - pads;
          int xDCorner = xCorner.x;
          int xRCorner = xCorner.y;
          int xCCorner = xCorner.z;

          // max/min x(?, ?, ?, ch) to get y(yD, yR, yC, ch).
          // ? = to be determined
          float minMaxValue = 0.0;
          float minMaxValueFound = 0.0;
          int minMaxPosition = 0;

          for (int wD = 0; wD < ${h};
              wD += ${l}) {
            int xD = xDCorner + wD;

            if (xD < 0 || xD >= ${e.inDepth}) {
              continue;
            }

            for (int wR = 0; wR < ${f};
                wR += ${d}) {
              int xR = xRCorner + wR;

              if (xR < 0 || xR >= ${e.inHeight}) {
                continue;
              }

              for (int wC = 0; wC < ${x};
                  wC += ${p}) {
                int xC = xCCorner + wC;

                if (xC < 0 || xC >= ${e.inWidth}) {
                  continue;
                }

                float value = getX(batch, xD, xR, xC, ch);

                // If a min / max value has already been found, use it. If not,
                // use the current value.
                float currMinMaxValue = mix(
                    value, minMaxValue, minMaxValueFound);
                if (value >= currMinMaxValue) {
                  minMaxValue = value;
                  minMaxValueFound = 1.0;
                  minMaxPosition = ${o?a?`(((batch * ${e.inDepth} + xD) * ${e.inHeight} + xR) * ${e.inWidth} + xC) * ${e.inChannels} + ch`:`((xD * ${e.inHeight} + xR) * ${e.inWidth} + xC) * ${e.inChannels} + ch`:`wD * ${f} * ${x} +
                      wR * ${x} + wC`};
                }
              }
            }
          }
          setOutput(float(minMaxPosition));
        }
      `;return}const R="max";let N=`${t}(${t}(${t}(minMaxValue[0], minMaxValue[1]), minMaxValue[2]), minMaxValue[3])`;t==="avg"&&(N="avgValue / max(count, 1.0)");const I=Math.floor(r/4)*4,S=r%4,O=`
      if (${$}) {
        avgValue += dot(values, ones);
      } else {
        minMaxValue = ${R}(values, minMaxValue);
      }
    `;this.userCode=`
      const ivec3 strides =
        ivec3(${c}, ${i}, ${u});
      const ivec3 pads = ivec3(${g}, ${m}, ${C});
      const float initializationValue = ${v};
      const vec4 ones = vec4(1.0, 1.0, 1.0, 1.0);

      float count = 0.0;

      float getValue(int batch, int xD, int xR, int xC, int ch) {
        if (xC < 0 || xC >= ${e.inWidth}) {
          return initializationValue;
        }
        count += 1.0;
        return getX(batch, xD, xR, xC, ch);
      }

      void main() {
        ivec5 coords = getOutputCoords();
        int batch = coords.x;
        int ch = coords.u;

        ivec3 xCorner = ivec3(coords.y, coords.z, coords.w) * strides - pads;
        int xDCorner = xCorner.x;
        int xRCorner = xCorner.y;
        int xCCorner = xCorner.z;

        // max/min x(?, ?, ?, d) to get y(yD, yR, yC, ch).
        // ? = to be determined
        vec4 minMaxValue = vec4(${v});
        float avgValue = 0.0;
        count = 0.0;

        for (int wD = 0; wD < ${h};
            wD += ${l}) {
          int xD = xDCorner + wD;

          if (xD < 0 || xD >= ${e.inDepth}) {
            continue;
          }

          for (int wR = 0; wR < ${f};
            wR += ${d}) {
            int xR = xRCorner + wR;

            if (xR < 0 || xR >= ${e.inHeight}) {
              continue;
            }

            for (int wC = 0; wC < ${I}; wC += 4) {
              int xC = xCCorner + wC * ${p};

              vec4 values = vec4(
                getValue(batch, xD, xR, xC, ch),
                getValue(batch, xD, xR, xC + ${p}, ch),
                getValue(batch, xD, xR, xC + 2 * ${p}, ch),
                getValue(batch, xD, xR, xC + 3 * ${p}, ch)
              );

              ${O}
            }

            int xC = xCCorner + ${I};
            if (${S===1}) {
              vec4 values = vec4(
                getValue(batch, xD, xR, xC, ch),
                initializationValue,
                initializationValue,
                initializationValue
              );

              ${O}
            } else if (${S===2}) {
              vec4 values = vec4(
                getValue(batch, xD, xR, xC, ch),
                getValue(batch, xD, xR, xC + ${p}, ch),
                initializationValue,
                initializationValue
              );

              ${O}
            } else if (${S===3}) {
              vec4 values = vec4(
                getValue(batch, xD, xR, xC, ch),
                getValue(batch, xD, xR, xC + ${p}, ch),
                getValue(batch, xD, xR, xC + 2 * ${p}, ch),
                initializationValue
              );

              ${O}
            }
          }
        }
        setOutput(${N});
      }
    `}}function Tp(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e;Fe(o,"avgPool");const{filterSize:a,strides:r,pad:c,dimRoundingMode:i}=s,u=1;P(Ze(r,u),()=>`Error in avgPool: Either strides or dilations must be 1. Got strides ${r} and dilations '${u}'`);const l=et(o.shape,a,r,u,c,i);if(l.filterWidth===1&&l.filterHeight===1&&z(l.inShape,l.outShape))return X({inputs:{x:o},backend:t});const d=new Ye(l,"avg",!1);return t.runWebGLProgram(d,[o],"float32")}const Ip={kernelName:la,backendName:"webgl",kernelFunc:Tp};function Np(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{filterSize:a,strides:r,pad:c,dimRoundingMode:i,dataFormat:u}=s,l=[1,1,1],d=$t(o.shape,a,r,l,c,i,u),p=new un(d,"avg",!1);return t.runWebGLProgram(p,[o],"float32")}const Ep={kernelName:da,backendName:"webgl",kernelFunc:Np};class kp{constructor(e){this.variableNames=["dy"],this.outputShape=e.inShape;const t=e.filterHeight,s=e.filterWidth,o=e.strideHeight,a=e.strideWidth,r=e.dilationHeight,c=e.dilationWidth,i=e.effectiveFilterHeight,u=e.effectiveFilterWidth,l=i-1-e.padInfo.top,d=u-1-e.padInfo.left,p=1/(t*s);this.userCode=`
      const ivec2 pads = ivec2(${l}, ${d});
      const float avgMultiplier = float(${p});

      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];

        ivec2 dyRCCorner = coords.yz - pads;
        int dyRCorner = dyRCCorner.x;
        int dyCCorner = dyRCCorner.y;

        // Convolve dy(?, ?, d) with pos mask(:, :, d) to get dx(xR, xC, d).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;
        for (int wR = 0; wR < ${i};
            wR += ${r}) {
          float dyR = float(dyRCorner + wR) / ${o}.0;

          if (dyR < 0.0 || dyR >= ${e.outHeight}.0 || fract(dyR) > 0.0) {
            continue;
          }
          int idyR = int(dyR);

          for (int wC = 0; wC < ${u};
            wC+= ${c}) {
            float dyC = float(dyCCorner + wC) / ${a}.0;

            if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                fract(dyC) > 0.0) {
              continue;
            }
            int idyC = int(dyC);

            float dyValue = getDy(b, idyR, idyC, d);

            dotProd += dyValue * avgMultiplier;
          }
        }
        setOutput(dotProd);
      }
    `}}class Op{constructor(e){this.variableNames=["dy"],this.outputShape=e.inShape;const t=e.filterDepth,s=e.filterHeight,o=e.filterWidth,a=e.strideDepth,r=e.strideHeight,c=e.strideWidth,i=e.dilationDepth,u=e.dilationHeight,l=e.dilationWidth,d=e.effectiveFilterDepth,p=e.effectiveFilterHeight,h=e.effectiveFilterWidth,f=d-1-e.padInfo.front,x=p-1-e.padInfo.top,g=h-1-e.padInfo.left,m=1/(t*s*o);this.userCode=`
      const ivec3 pads = ivec3(${f}, ${x}, ${g});
      const float avgMultiplier = float(${m});

      void main() {
        ivec5 coords = getOutputCoords();
        int batch = coords.x;
        int ch = coords.u;

        ivec3 dyCorner = ivec3(coords.y, coords.z, coords.w) - pads;
        int dyDCorner = dyCorner.x;
        int dyRCorner = dyCorner.y;
        int dyCCorner = dyCorner.z;

        // Convolve dy(?, ?, ?, d) with pos mask(:, :, :, ch) to get
        // dx(xD, xR, xC, ch).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;

        for (int wD = 0; wD < ${d};
            wD += ${i}) {
          float dyD = float(dyDCorner + wD) / ${a}.0;

          if (dyD < 0.0 || dyD >= ${e.outDepth}.0 || fract(dyD) > 0.0) {
            continue;
          }
          int idyD = int(dyD);

          for (int wR = 0; wR < ${p};
              wR += ${u}) {
            float dyR = float(dyRCorner + wR) / ${r}.0;

            if (dyR < 0.0 || dyR >= ${e.outHeight}.0 ||
                fract(dyR) > 0.0) {
              continue;
            }
            int idyR = int(dyR);

            for (int wC = 0; wC < ${h};
                wC += ${l}) {
              float dyC = float(dyCCorner + wC) / ${c}.0;

              if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                  fract(dyC) > 0.0) {
                continue;
              }
              int idyC = int(dyC);

              float dyValue = getDy(batch, idyD, idyR, idyC, ch);

              dotProd += dyValue * avgMultiplier;
            }
          }
        }
        setOutput(dotProd);
      }
    `}}function Ap(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,input:a}=e,r=a,{filterSize:c,strides:i,pad:u,dimRoundingMode:l}=s,d=[1,1,1],p=$t(r.shape,c,i,d,u,l),h=new Op(p);return t.runWebGLProgram(h,[o],r.dtype)}const Pp={kernelName:pa,backendName:"webgl",kernelFunc:Ap};function Dp(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,input:a}=e,r=a;Fe([o,a],"avgPoolGrad");const{filterSize:c,strides:i,pad:u}=s,l=et(r.shape,c,i,1,u),d=new kp(l);return t.runWebGLProgram(d,[o],r.dtype)}const Fp={kernelName:ha,backendName:"webgl",kernelFunc:Dp};function _p(n){const{inputs:e,backend:t,attrs:s}=n,{a:o,b:a}=e,{transposeA:r,transposeB:c}=s;return gt({a:o,b:a,transposeA:r,transposeB:c,backend:t})}const Lp={kernelName:fa,backendName:"webgl",kernelFunc:_p};class Bp{constructor(e,t,s,o,a,r){this.outputShape=[],this.variableNames=["x","mean","variance"],q(e,t),q(e,s);let c="0.0";o!=null&&(q(e,o),this.variableNames.push("offset"),c="getOffsetAtOutCoords()");let i="1.0";a!=null&&(q(e,a),this.variableNames.push("scale"),i="getScaleAtOutCoords()"),this.outputShape=e,this.userCode=`
      void main() {
        float x = getXAtOutCoords();
        float mean = getMeanAtOutCoords();
        float variance = getVarianceAtOutCoords();
        float offset = ${c};
        float scale = ${i};
        float inv = scale * inversesqrt(variance + float(${r}));
        setOutput(dot(vec3(x, -mean, offset), vec3(inv, inv, 1)));
      }
    `}}class Vp{constructor(e,t,s,o,a,r){this.packedInputs=!0,this.packedOutput=!0,this.variableNames=["x","mean","variance"],q(e,t),q(e,s);let c="vec4(0.0)";o!=null&&(q(e,o),this.variableNames.push("offset"),c="getOffsetAtOutCoords()");let i="vec4(1.0)";a!=null&&(q(e,a),this.variableNames.push("scale"),i="getScaleAtOutCoords()"),this.outputShape=e,this.userCode=`
      void main() {
        vec4 offset = ${c};
        vec4 scale = ${i};

        vec4 x = getXAtOutCoords();
        vec4 mean = getMeanAtOutCoords();
        vec4 variance = getVarianceAtOutCoords();

        vec4 inv = scale * inversesqrt(variance + vec4(${r}));

        setOutput((x - mean) * inv + offset);
      }
    `}}const Up=({inputs:n,backend:e,attrs:t})=>{const{x:s,mean:o,variance:a,offset:r,scale:c}=n;P(o.shape.length===a.shape.length,()=>"Batch normalization gradient requires mean and variance to have equal ranks."),P(r==null||o.shape.length===r.shape.length,()=>"Batch normalization gradient requires mean and offset to have equal ranks."),P(c==null||o.shape.length===c.shape.length,()=>"Batch normalization gradient requires mean and scale to have equal ranks.");let{varianceEpsilon:i}=t;i==null&&(i=.001);const u=[s,o,a];let l=null;r!=null&&(l=r.shape,u.push(r));let d=null;c!=null&&(d=c.shape,u.push(c));const p=b().getBool("WEBGL_PACK_NORMALIZATION")?new Vp(s.shape,o.shape,a.shape,l,d,i):new Bp(s.shape,o.shape,a.shape,l,d,i);return e.runWebGLProgram(p,u,u[0].dtype)},Wp={kernelName:ma,backendName:"webgl",kernelFunc:Up};class Mp{constructor(e){this.variableNames=["source"],this.outputShape=e,this.rank=e.length;const t=D(this.rank);this.customUniforms=[{name:"start",arrayIndex:this.rank,type:"int"}];const s=Gp(this.rank);let o;const a=e.map((r,c)=>`sourceLoc.${Bt[c]} = start[${c}] + coords.${Bt[c]};`);o=`
        ${t} sourceLoc;
        ${t} coords = getOutputCoords();
        ${a.join(`
`)}
      `,this.userCode=`
      void main() {
        ${o}
        setOutput(getSource(${s}));
      }
    `}}const Bt=["x","y","z","w","u","v"];function Gp(n){if(n===1)return"sourceLoc";if(n<=6)return Bt.slice(0,n).map(e=>"sourceLoc."+e).join(",");throw Error(`Slicing for rank ${n} is not yet supported`)}class zp{constructor(e){this.variableNames=["source"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=e,this.rank=e.length,this.customUniforms=[{name:"start",arrayIndex:this.rank,type:"int"}];const t=D(this.rank),s=W("coords",this.rank),o=W("sourceLoc",this.rank),a=this.rank===1?"sourceLoc":`vec2(${o.slice(-2).join()})`,r=`getChannel(getSource(${o.join()}), ${a})`,c=`
      result.x = ${r};
      if (++${s[this.rank-1]} < ${e[this.rank-1]}) {
        ++${o[this.rank-1]};
        result.y = ${r};
        --${o[this.rank-1]};
      }
    `,i=this.rank===1?"":`
      --${s[this.rank-1]};
      if (++${s[this.rank-2]} < ${e[this.rank-2]}) {
        ++${o[this.rank-2]};
        result.z = ${r};
        if (++${s[this.rank-1]} < ${e[this.rank-1]}) {
          ++${o[this.rank-1]};
          result.w = ${r};
        }
      }
    `,u=this.rank<=4?`sourceLoc = coords +
            ${t}(${e.map((l,d)=>`start[${d}]`).join()});`:e.map((l,d)=>`${o[d]} = ${s[d]} + start[${d}];`).join(`
`);this.userCode=`
      void main() {
        ${t} coords = getOutputCoords();
        ${t} sourceLoc;
        ${u}
        vec4 result = vec4(0.);
        ${c}
        ${i}
        setOutput(result);
      }
    `}}function Hp(n,e,t,s){const o=s.texData.get(n.dataId),a=s.makeTensorInfo(t,n.dtype),r=s.texData.get(a.dataId);Object.assign(r,o),r.refCount=1,r.shape=t,r.dtype=n.dtype;let c=oc(e,Pe(n.shape));o.slice&&(c+=o.slice.flatOffset),r.slice={flatOffset:c,origDataId:o.slice&&o.slice.origDataId||n.dataId};const i=s.dataRefCount.get(r.slice.origDataId)||1;return s.dataRefCount.set(r.slice.origDataId,i+1),a}function Me(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{begin:a,size:r}=s,[c,i]=tc(o,a,r);if(nc(o,c,i),E(i)===0)return t.makeTensorInfo(i,o.dtype,[]);if(t.shouldExecuteOnCPU([o])||o.dtype==="string"){const d=t.texData.get(o.dataId),p=_l(d.values,c,i,o.shape,o.dtype);return t.makeTensorInfo(i,o.dtype,p)}const{isPacked:u}=t.texData.get(o.dataId),l=sc(o.shape,c,i);if(u||!l){const d=b().getBool("WEBGL_PACK_ARRAY_OPERATIONS")?new zp(i):new Mp(i),p=[c];return t.runWebGLProgram(d,[o],o.dtype,p)}return t.uploadToGPU(o.dataId),Hp(o,c,i,t)}const Xp={kernelName:xa,backendName:"webgl",kernelFunc:Me};const Kp=n=>{const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{blockShape:a,crops:r}=s;P(o.shape.length<=4,()=>"batchToSpaceND for rank > 4 with a WebGL backend not implemented yet");const c=a.reduce((C,$)=>C*$),i=qn(o.shape,a,c),u=Yn(i.length,a.length),l=Qn(o.shape,a,c),d=ac(r,a.length),p=rc(l,r,a.length),h=[],f=y({inputs:{x:o},backend:t,attrs:{shape:i}}),x=M({inputs:{x:f},backend:t,attrs:{perm:u}}),g=y({inputs:{x},backend:t,attrs:{shape:l}}),m=Me({inputs:{x:g},backend:t,attrs:{begin:d,size:p}});return h.push(f),h.push(x),h.push(g),h.forEach(C=>t.disposeIntermediateTensorInfo(C)),m},jp={kernelName:ga,backendName:"webgl",kernelFunc:Kp};function qp(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,weights:a}=e,{size:r}=s,c=t.readSync(o.dataId),i=t.readSync(a.dataId),u=Hs(c,i,a.dtype,a.shape,r);return t.makeTensorInfo([r],a.dtype,u)}const Yp={kernelName:Ca,backendName:"webgl",kernelFunc:qp};const Qp=`
  int r = int(a.r) & int(b.r);
  int g = int(a.g) & int(b.g);
  int rb = int(a.b) & int(b.b);
  int ra = int(a.a) & int(b.a);
  return vec4(r, g, rb, ra);
`,Jp=`
  return float(int(a.r) & int(b.r));
`;function Zp(n){const{inputs:e,backend:t}=n,{a:s,b:o}=e,a=b().getBool("WEBGL_PACK_BINARY_OPERATIONS"),r=b().getNumber("WEBGL_VERSION");if(t.shouldExecuteOnCPU([s,o])||r===1){const i=t.texData.get(s.dataId).values,u=t.texData.get(o.dataId).values,[l,d]=rl(s.shape,o.shape,i,u,s.dtype),p=t.makeTensorInfo(d,s.dtype),h=t.texData.get(p.dataId);return h.values=l,p}let c;return a?c=new Ue(Qp,s.shape,o.shape,!1):c=new Re(Jp,s.shape,o.shape),t.runWebGLProgram(c,[s,o],s.dtype)}const eh={kernelName:ba,backendName:"webgl",kernelFunc:Zp};function th(n){const{inputs:e,backend:t}=n,{s0:s,s1:o}=e,a=t.readSync(s.dataId),r=t.readSync(o.dataId),c=q(Array.from(a),Array.from(r));return t.makeTensorInfo([c.length],"int32",Int32Array.from(c))}const nh={kernelName:va,backendName:"webgl",kernelFunc:th};const sh="return float(a != b);",ao=B({opSnippet:sh,cpuKernelImpl:Il,dtype:"bool"}),oh={kernelName:$a,backendName:"webgl",kernelFunc:ao};function st(n){const{inputs:e,backend:t}=n,{input:s}=e,o=t.texData.get(s.dataId);return X({inputs:{x:o.complexTensorInfos.real},backend:t})}const ah={kernelName:Ra,backendName:"webgl",kernelFunc:st};const rh="return float(int(x));";function ih(n,e){const t=new ae(n.shape,rh),s=e.runWebGLProgram(t,[n],"int32");return{dataId:s.dataId,shape:s.shape,dtype:s.dtype}}function Vt(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{dtype:a}=s;if(a==="complex64"){if(o.dtype==="complex64")return X({inputs:{x:o},backend:t});const r=Fc(o.shape),c=Vt({inputs:{x:o},backend:t,attrs:{dtype:"float32"}}),i=me({inputs:{real:c,imag:r},backend:t});return r.dispose(),t.disposeIntermediateTensorInfo(c),i}if(o.dtype==="complex64"){const r=st({inputs:{input:o},backend:t}),c=Vt({inputs:{x:r},backend:t,attrs:{dtype:a}});return t.disposeIntermediateTensorInfo(r),c}if(!wa(o.dtype,a)){const r=X({inputs:{x:o},backend:t});return{dataId:r.dataId,shape:r.shape,dtype:a}}if(t.shouldExecuteOnCPU([o])){const r=t.texData.get(o.dataId).values,[c,i,u]=il(r,o.shape,o.dtype,a);return t.makeTensorInfo(c,i,u)}if(a==="int32")return ih(o,t);if(a==="bool"){const r=t.makeTensorInfo([],"bool",jn("bool",1)),i=ao({inputs:{a:o,b:r},backend:t});return t.disposeIntermediateTensorInfo(r),i}throw new Error(`Error in Cast: failed to cast ${o.dtype} to ${a}`)}const ch={kernelName:ya,backendName:"webgl",kernelFunc:Vt};const An="return ceil(x);",uh=A({opSnippet:An,packedOpSnippet:An,cpuKernelImpl:cl}),lh={kernelName:Sa,backendName:"webgl",kernelFunc:uh};class dh{constructor(e){this.variableNames=["A"],this.customUniforms=[{name:"minVal",type:"float"},{name:"maxVal",type:"float"}],this.outputShape=e,this.userCode=`

      void main() {
        float value = getAAtOutCoords();
        if (isnan(value)) {
          setOutput(value);
          return;
        }

        setOutput(clamp(value, minVal, maxVal));
      }
    `}}class ph{constructor(e){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"minVal",type:"float"},{name:"maxVal",type:"float"}],this.outputShape=e,this.userCode=`
      void main() {
        vec4 value = getAAtOutCoords();

        if (any(isnan(value))) {
          setOutput(value);
          return;
        }

        setOutput(clamp(value, vec4(minVal), vec4(maxVal)));
      }
    `}}function hh(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{clipValueMin:a,clipValueMax:r}=s;let c;b().getBool("WEBGL_PACK_CLIP")?c=new ph(o.shape):c=new dh(o.shape);const i=[[a],[r]];return t.runWebGLProgram(c,[o],o.dtype,i)}const fh={kernelName:Ta,backendName:"webgl",kernelFunc:hh};class mh{constructor(e){this.variableNames=["real","imag"],this.outputShape=e,this.userCode=`
      void main() {
        float re = abs(getRealAtOutCoords());
        float im = abs(getImagAtOutCoords());
        float mx = max(re, im);

        // sadly the length function in glsl is not underflow-safe
        // (at least not on Intel GPUs). So the safe solution is
        // to ensure underflow-safety in all cases.
        setOutput(
          mx == 0.0 ? 0.0 : mx * length(vec2(1, min(re, im)/mx))
        );
      }
    `}}function Pn(n,e){return{dataId:e.dataId,dtype:e.dtype,shape:n.shape}}function xh(n){const{inputs:e,backend:t}=n,{x:s}=e,o=t.texData.get(s.dataId),a=new mh(s.shape),r=[Pn(s,o.complexTensorInfos.real),Pn(s,o.complexTensorInfos.imag)];return t.runWebGLProgram(a,r,r[0].dtype)}const gh={kernelName:Ia,backendName:"webgl",kernelFunc:xh};class Ch{constructor(e){this.outputShape=[],this.outputShape=Ae(e,1),this.variableNames=e.map((r,c)=>`T${c}`);const t=new Array(e.length-1);t[0]=e[0][1];for(let r=1;r<t.length;r++)t[r]=t[r-1]+e[r][1];const s=[`if (yC < ${t[0]}) setOutput(getT0(yR, yC));`];for(let r=1;r<t.length;r++){const c=t[r-1];s.push(`else if (yC < ${t[r]}) setOutput(getT${r}(yR, yC-${c}));`)}const o=t.length,a=t[t.length-1];s.push(`else setOutput(getT${o}(yR, yC-${a}));`),this.userCode=`
      void main() {
        ivec2 coords = getOutputCoords();
        int yR = coords.x;
        int yC = coords.y;

        ${s.join(`
        `)}
      }
    `}}class bh{constructor(e,t){this.packedInputs=!0,this.packedOutput=!0,this.outputShape=[],this.outputShape=Ae(e,t);const s=this.outputShape,o=s.length,a=D(o),r=W("coords",o),c=["x","y","z","w","u","v"].slice(0,o);this.variableNames=e.map((x,g)=>`T${g}`);const i=new Array(e.length-1);i[0]=e[0][t];for(let x=1;x<i.length;x++)i[x]=i[x-1]+e[x][t];const u=c[t],l=c.slice(-2),d=c.join();let p=`if (${u} < ${i[0]}) {
        return getChannel(
            getT0(${d}), vec2(${l.join()}));
        }`;for(let x=1;x<i.length;x++){const g=i[x-1];p+=`
        if (${u} < ${i[x]}  && ${u} >= ${i[x-1]}) {
          return getChannel(
            getT${x}(${lt(c,u,g)}),
            vec2(${lt(l,u,g)}));
        }`}const h=i.length,f=i[i.length-1];p+=`
        return getChannel(
          getT${h}(${lt(c,u,f)}),
          vec2(${lt(l,u,f)}));`,this.userCode=`
      float getValue(${c.map(x=>"int "+x)}) {
        ${p}
      }

      void main() {
        ${a} coords = getOutputCoords();
        vec4 result = vec4(getValue(${r}), 0., 0., 0.);

        ${r[o-1]} = ${r[o-1]} + 1;
        if (${r[o-1]} < ${s[o-1]}) {
          result.g = getValue(${r});
        }

        ${r[o-2]} = ${r[o-2]} + 1;
        if (${r[o-2]} < ${s[o-2]}) {
          result.a = getValue(${r});
        }

        ${r[o-1]} = ${r[o-1]} - 1;
        if (${r[o-2]} < ${s[o-2]} &&
            ${r[o-1]} < ${s[o-1]}) {
          result.b = getValue(${r});
        }
        setOutput(result);
      }
    `}}function lt(n,e,t){const s=n.indexOf(e);return n.map((a,r)=>r===s?`${a} - ${t}`:a).join()}function It(n){const{inputs:e,backend:t}=n,{input:s}=e,o=t.texData.get(s.dataId);return X({inputs:{x:o.complexTensorInfos.imag},backend:t})}const vh={kernelName:Na,backendName:"webgl",kernelFunc:It};function Xe(n,e,t){const s=n[0].dtype;if(s==="complex64"){const h=n.map(C=>st({inputs:{input:C},backend:t})),f=n.map(C=>It({inputs:{input:C},backend:t})),x=Xe(h,e,t),g=Xe(f,e,t),m=me({inputs:{real:x,imag:g},backend:t});return h.forEach(C=>t.disposeIntermediateTensorInfo(C)),f.forEach(C=>t.disposeIntermediateTensorInfo(C)),t.disposeIntermediateTensorInfo(x),t.disposeIntermediateTensorInfo(g),m}let o=t.shouldExecuteOnCPU(n);if(s==="string"&&(o=!0),o){const h=n.map(v=>{const N=[-1,E(v.shape.slice(e))];return y({inputs:{x:v},backend:t,attrs:{shape:N}})}),f=h.map(v=>({vals:t.readSync(v.dataId),shape:v.shape})),x=Ae(h.map(v=>v.shape),1),g=h[0].shape[0]===1,m=ul(f,x,s,g),C=Ae(n.map(v=>v.shape),e),$=t.makeTensorInfo(C,s,m);return h.forEach(v=>t.disposeIntermediateTensorInfo(v)),$}const a=n.filter(h=>E(h.shape)>0),r=b().getBool("WEBGL_PACK_ARRAY_OPERATIONS")&&a[0].shape.length>1;if(a.length===1){const h=r?new ae(n[0].shape,le):new de(n[0].shape,le);return t.runWebGLProgram(h,n,s)}const c=b().getNumber("WEBGL_MAX_TEXTURES_IN_SHADER");if(a.length>c){const h=[];for(let x=0;x<a.length;x+=c){const g=a.slice(x,x+c);h.push(Xe(g,e,t))}const f=Xe(h,e,t);for(const x of h)t.disposeIntermediateTensorInfo(x);return f}if(r){const h=new bh(a.map(f=>f.shape),e);return t.runWebGLProgram(h,a,s)}const{tensors2D:i,outShape:u}=$h(a,e,t),l=new Ch(i.map(h=>h.shape)),d=t.runWebGLProgram(l,i,s);i.forEach(h=>t.disposeIntermediateTensorInfo(h));const p=y({inputs:{x:d},attrs:{shape:u},backend:t});return t.disposeIntermediateTensorInfo(d),p}function $h(n,e,t){const s=Ae(n.map(a=>a.shape),e);return{tensors2D:n.map(a=>y({inputs:{x:a},attrs:{shape:[-1,E(a.shape.slice(e))]},backend:t})),outShape:s}}function ro(n){const{inputs:e,backend:t,attrs:s}=n,{axis:o}=s,a=K(o,e[0].shape)[0],r=e.map(u=>u.shape);ic(r,a);const c=Ae(e.map(u=>u.shape),a);if(E(c)===0)return t.makeTensorInfo(c,e[0].dtype,[]);const i=e.filter(u=>E(u.shape)>0);return i.length===1?X({inputs:{x:i[0]},backend:t}):Xe(i,a,t)}const Rh={kernelName:Ea,backendName:"webgl",kernelFunc:ro};class io{constructor(e,t=!1,s=null,o=!1,a=!1){this.variableNames=["x","W"],this.outputShape=e.outShape;const r=e.padInfo.top,c=e.padInfo.left,i=e.strideHeight,u=e.strideWidth,l=e.dilationHeight,d=e.dilationWidth,p=e.filterHeight,h=e.filterWidth,f=Math.floor(e.inChannels/4)*4,x=e.inChannels%4,g=e.dataFormat==="channelsLast",m=g?1:2,C=g?2:3,$=g?3:1;let v="",R="";s&&(o?v=`float activation(float a) {
          float b = getPreluActivationWeightsAtOutCoords();
          ${s}
        }`:a?v=`float activation(float a) {
          float b = getLeakyreluAlphaAtOutCoords();
          ${s}
        }`:v=`
          float activation(float x) {
            ${s}
          }
        `,R="result = activation(result);");const N=t?"result += getBiasAtOutCoords();":"";t&&this.variableNames.push("bias"),o&&this.variableNames.push("preluActivationWeights"),a&&this.variableNames.push("leakyreluAlpha"),this.userCode=`
      ${v}

      const ivec2 strides = ivec2(${i}, ${u});
      const ivec2 pads = ivec2(${r}, ${c});

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords[0];
        int d2 = coords[${$}];

        ivec2 xRCCorner =
            ivec2(coords[${m}], coords[${C}]) * strides - pads;
        int xRCorner = xRCCorner.x;
        int xCCorner = xRCCorner.y;

        // Convolve x(?, ?, d1) with w(:, :, d1, d2) to get y(yR, yC, d2).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;
        for (int wR = 0; wR < ${p}; wR++) {
          int xR = xRCorner + wR * ${l};

          if (xR < 0 || xR >= ${e.inHeight}) {
            continue;
          }

          for (int wC = 0; wC < ${h}; wC++) {
            int xC = xCCorner + wC * ${d};

            if (xC < 0 || xC >= ${e.inWidth}) {
              continue;
            }

            for (int d1 = 0; d1 < ${f}; d1 += 4) {
              vec4 wValues = vec4(
                getW(wR, wC, d1, d2),
                getW(wR, wC, d1 + 1, d2),
                getW(wR, wC, d1 + 2, d2),
                getW(wR, wC, d1 + 3, d2)
              );

              if (${g}) {
                vec4 xValues = vec4(
                  getX(batch, xR, xC, d1),
                  getX(batch, xR, xC, d1 + 1),
                  getX(batch, xR, xC, d1 + 2),
                  getX(batch, xR, xC, d1 + 3)
                );
                dotProd += dot(xValues, wValues);
              } else {
                vec4 xValues = vec4(
                  getX(batch, d1, xR, xC),
                  getX(batch, d1 + 1, xR, xC),
                  getX(batch, d1 + 2, xR, xC),
                  getX(batch, d1 + 3, xR, xC)
                );
                dotProd += dot(xValues, wValues);
              }
            }

            if (${x===1}) {

              if (${g}) {
                dotProd +=
                    getX(batch, xR, xC, ${f}) *
                    getW(wR, wC, ${f}, d2);
              } else {
                dotProd +=
                    getX(batch, ${f}, xR, xC) *
                    getW(wR, wC, ${f}, d2);
              }

            } else if (${x===2}) {
              vec2 wValues = vec2(
                getW(wR, wC, ${f}, d2),
                getW(wR, wC, ${f} + 1, d2)
              );

              if (${g}) {
                vec2 xValues = vec2(
                  getX(batch, xR, xC, ${f}),
                  getX(batch, xR, xC, ${f} + 1)
                );
                dotProd += dot(xValues, wValues);
              } else {
                vec2 xValues = vec2(
                  getX(batch, ${f}, xR, xC),
                  getX(batch, ${f} + 1, xR, xC)
                );
                dotProd += dot(xValues, wValues);
              }

            } else if (${x===3}) {
              vec3 wValues = vec3(
                getW(wR, wC, ${f}, d2),
                getW(wR, wC, ${f} + 1, d2),
                getW(wR, wC, ${f} + 2, d2)
              );

              if (${g}) {
                vec3 xValues = vec3(
                  getX(batch, xR, xC, ${f}),
                  getX(batch, xR, xC, ${f} + 1),
                  getX(batch, xR, xC, ${f} + 2)
                );
                dotProd += dot(xValues, wValues);
              } else {
                vec3 xValues = vec3(
                  getX(batch, ${f}, xR, xC),
                  getX(batch, ${f} + 1, xR, xC),
                  getX(batch, ${f} + 2, xR, xC)
                );
                dotProd += dot(xValues, wValues);
              }

            }
          }
        }

        float result = dotProd;
        ${N}
        ${R}
        setOutput(result);
      }
    `}}class yh{constructor(e){this.variableNames=["x","W"],this.outputShape=e.outShape;const t=e.padInfo.front,s=e.padInfo.top,o=e.padInfo.left,a=e.strideDepth,r=e.strideHeight,c=e.strideWidth,i=e.dilationDepth,u=e.dilationHeight,l=e.dilationWidth,d=e.filterDepth,p=e.filterHeight,h=e.filterWidth,f=Math.floor(e.inChannels/4)*4,x=e.inChannels%4;this.userCode=`
      const ivec3 strides = ivec3(${a}, ${r}, ${c});
      const ivec3 pads = ivec3(${t}, ${s}, ${o});

      void main() {
        ivec5 coords = getOutputCoords();
        int batch = coords.x;
        int d2 = coords.u;

        ivec3 xFRCCorner = ivec3(coords.y, coords.z, coords.w) * strides - pads;
        int xFCorner = xFRCCorner.x;
        int xRCorner = xFRCCorner.y;
        int xCCorner = xFRCCorner.z;

        // Convolve x(?, ?, ?, d1) with w(:, :, :, d1, d2) to get
        // y(yF, yR, yC, d2). ? = to be determined. : = across all
        // values in that axis.
        float dotProd = 0.0;
        for (int wF = 0; wF < ${d}; wF++) {
          int xF = xFCorner + wF * ${i};

          if (xF < 0 || xF >= ${e.inDepth}) {
            continue;
          }

          for (int wR = 0; wR < ${p}; wR++) {
            int xR = xRCorner + wR * ${u};

            if (xR < 0 || xR >= ${e.inHeight}) {
              continue;
            }

            for (int wC = 0; wC < ${h}; wC++) {
              int xC = xCCorner + wC * ${l};

              if (xC < 0 || xC >= ${e.inWidth}) {
                continue;
              }

              for (int d1 = 0; d1 < ${f}; d1 += 4) {
                vec4 xValues = vec4(
                  getX(batch, xF, xR, xC, d1),
                  getX(batch, xF, xR, xC, d1 + 1),
                  getX(batch, xF, xR, xC, d1 + 2),
                  getX(batch, xF, xR, xC, d1 + 3)
                );
                vec4 wValues = vec4(
                  getW(wF, wR, wC, d1, d2),
                  getW(wF, wR, wC, d1 + 1, d2),
                  getW(wF, wR, wC, d1 + 2, d2),
                  getW(wF, wR, wC, d1 + 3, d2)
                );

                dotProd += dot(xValues, wValues);
              }

              if (${x===1}) {
                dotProd +=
                  getX(batch, xF, xR, xC, ${f}) *
                  getW(wF, wR, wC, ${f}, d2);
              } else if (${x===2}) {
                vec2 xValues = vec2(
                  getX(batch, xF, xR, xC, ${f}),
                  getX(batch, xF, xR, xC, ${f} + 1)
                );
                vec2 wValues = vec2(
                  getW(wF, wR, wC, ${f}, d2),
                  getW(wF, wR, wC, ${f} + 1, d2)
                );
                dotProd += dot(xValues, wValues);
              } else if (${x===3}) {
                vec3 xValues = vec3(
                  getX(batch, xF, xR, xC, ${f}),
                  getX(batch, xF, xR, xC, ${f} + 1),
                  getX(batch, xF, xR, xC, ${f} + 2)
                );
                vec3 wValues = vec3(
                  getW(wF, wR, wC, ${f}, d2),
                  getW(wF, wR, wC, ${f} + 1, d2),
                  getW(wF, wR, wC, ${f} + 2, d2)
                );
                dotProd += dot(xValues, wValues);
              }
            }
          }
        }
        setOutput(dotProd);
      }
    `}}class co{constructor(e,t=!1,s=null,o=!1,a=!1){this.variableNames=["x","W"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"pads",type:"ivec2"},{name:"strides",type:"ivec2"},{name:"dilations",type:"ivec2"},{name:"inDims",type:"ivec2"}],this.outputShape=e.outShape,this.enableShapeUniforms=V(this.outputShape.length);const r=e.padInfo.left,c=e.strideWidth,i=e.dilationWidth,u=e.filterHeight,l=e.filterWidth,d=l;let p=`
       int xR; int xC; int xCOffset;
       vec4 wTexel; vec4 previous; vec4 final;`;for(let g=0;g<l;g++)p+=`
           vec4 xTexelC${g*2};
           int xTexelC${g*2}Ready;
           vec4 xTexelC${g*2+1};
           int xTexelC${g*2+1}Ready;
           vec4 xC${g};`;p+=`
     for (int r = 0; r < ${u}; r++) {
      for (int d1 = 0; d1 < ${e.inChannels}; d1 += 2) {
       `;for(let g=0;g<l;g++)p+=`
           xTexelC${g*2} = vec4(0.0);
           xTexelC${g*2}Ready = 0;
           xTexelC${g*2+1} = vec4(0.0);
           xTexelC${g*2+1}Ready = 0;
           xC${g} = vec4(0.0);`;p+=`
         xR = xRCorner + r * dilations[0];
         if (xR >=0 && xR < inDims[0]) {
       `;for(let g=0;g<(d+1)/2;g++){const m=g*2;if(p+=`
           xC = xCCorner + ${m*i};
           `,c===1){if(m<l&&(r%2===1?(p+=`
                 xCOffset = xC + 1;
                 if (xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${m}Ready == 0) {
                   xTexelC${m} = getX(batch, xR, xCOffset, d1);

                   // Need to manually clear unused channels in case
                   // we're reading from recycled texture.
                   if (xCOffset + 1 >= inDims[1]) {
                     xTexelC${m}.zw = vec2(0.0);
                   }
                   xTexelC${m}Ready = 1;
                 }
               `,i===1&&m>0?p+=`
                 xC${m} = vec4(xTexelC${m-2}.zw, xTexelC${m}.xy);
                 `:p+=`
                   xCOffset = xC + 1 - 2;

                   if (xCOffset >= 0 && xCOffset < inDims[1]) {
                     previous = getX(batch, xR, xCOffset, d1);

                     // Need to manually clear unused channels in case
                     // we're reading from recycled texture.
                     if (xCOffset + 1 >= inDims[1]) {
                       previous.zw = vec2(0.0);
                     }

                     xC${m} = vec4(previous.zw, xTexelC${m}.xy);
                   } else {
                     xC${m} = vec4(0.0, 0.0, xTexelC${m}.xy);
                   }
                   `):p+=`
                 if (xC >= 0 && xC < inDims[1] && xTexelC${m}Ready == 0) {
                   xTexelC${m} = getX(batch, xR, xC, d1);
                   if (xC + 1 >= inDims[1]) {
                     xTexelC${m}.zw = vec2(0.0);
                   }
                   xTexelC${m}Ready = 1;
                 }

                 xC${m} = xTexelC${m};
                 `,m+1<l)){const C=r%2===0?Mt(i):i;i%2===0&&r%2===1||i%2!==0&&r%2!==1?(p+=`
                   xCOffset = xC + imod(pads[1], 2) + ${C};

                   if (xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${m+1}Ready == 0) {
                     xTexelC${m+1} = getX(batch, xR, xCOffset, d1);

                     // Need to manually clear unused channels in case
                     // we're reading from recycled texture.
                     if (xCOffset + 1 >= inDims[1]) {
                       xTexelC${m+1}.zw = vec2(0.0);
                     }
                     xTexelC${m+1}Ready = 1;
                   }
                   `,i>1?p+=`
                     xCOffset -= 2;
                     if (xCOffset >= 0 && xCOffset < inDims[1]) {
                      previous = getX(batch, xR, xCOffset, d1);
                      xC${m+1} = vec4(previous.zw, xTexelC${m+1}.xy);
                     } else {
                      xC${m+1} = vec4(0.0, 0.0, xTexelC${m+1}.xy);
                     }
                     `:p+=`
                     xC${m+1} = vec4(xTexelC${m}.zw, xTexelC${m+1}.xy);
                     `):C===1?p+=`
                     xC${m+1} = xTexelC${m};
                     `:p+=`
                     xCOffset = xC + ${C};

                     if (xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${m+1}Ready == 0) {
                       xTexelC${m+1} = getX(batch, xR, xCOffset, d1);
                       if (xCOffset + 1 >= inDims[1]) {
                         xTexelC${m+1}.zw = vec2(0.0);
                       }
                       xTexelC${m+1}Ready = 1;
                     }

                     xC${m+1} = xTexelC${m+1};
                     `}}else m<l&&(r%2===1?(p+=`
                 xCOffset = xC + 1 - strides[1];
                 if(xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${m}Ready == 0) {
                   xTexelC${m} = getX(batch, xR, xCOffset, d1);
                   // Need to manually clear unused channels in case
                   // we're reading from recycled texture.
                   if (xCOffset + 1 >= inDims[1]) {
                     xTexelC${m}.zw = vec2(0.0);
                   }
                   xTexelC${m}Ready = 1;
                 }

                 if(xC + 1 >= 0 && xC + 1 < inDims[1] && xTexelC${m+1}Ready == 0) {
                   xTexelC${m+1} = getX(batch, xR, xC + 1, d1);
                   // Need to manually clear unused channels in case
                   // we're reading from recycled texture.
                   if (xC + 2 >= inDims[1]) {
                     xTexelC${m+1}.zw = vec2(0.0);
                   }
                   xTexelC${m+1}Ready = 1;
                 }

                 xC${m} = vec4(xTexelC${m}.zw, xTexelC${m+1}.zw);
               `,m+1<l&&(p+=`
                   final = vec4(0.0);
                   xCOffset = xC + 1 + strides[1];
                   if(xCOffset >= 0 && xCOffset < inDims[1]) {
                     final = getX(batch, xR, xCOffset, d1);
                   }
                   xC${m+1} = vec4(xTexelC${m+1}.xy, final.xy);
                 `)):(p+=`
                 if(xC >= 0 && xC < inDims[1] && xTexelC${m}Ready == 0) {
                   xTexelC${m} = getX(batch, xR, xC, d1);
                   if (xC + 1 >= inDims[1]) {
                     xTexelC${m}.zw = vec2(0.0);
                   }
                   xTexelC${m}Ready = 1;
                 }

                 xCOffset = xC + strides[1];
                 if(xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${m+1}Ready == 0) {
                   xTexelC${m+1} = getX(batch, xR, xCOffset, d1);
                   if (xCOffset + 1 >= inDims[1]) {
                     xTexelC${m+1}.zw = vec2(0.);
                   }
                   xTexelC${m+1}Ready = 1;
                 }

                 xC${m} = vec4(
                   xTexelC${m}.xy, xTexelC${m+1}.xy);
               `,m+1<l&&(p+=`
                   xC${m+1} = vec4(xTexelC${m}.zw, xTexelC${m+1}.zw);
                 `)));m<l&&(p+=`
             wTexel = getW(r, ${m}, d1, d2);
             dotProd += xC${m}.xxzz * vec4(wTexel.xy, wTexel.xy);
             if(d1 + 1 < ${e.inChannels}) {
               dotProd += xC${m}.yyww * vec4(wTexel.zw, wTexel.zw);
             }
           `,m+1<l&&(p+=`
               wTexel = getW(r, ${m+1}, d1, d2);
               dotProd += xC${m+1}.xxzz * vec4(wTexel.xy, wTexel.xy);
               if(d1 + 1 < ${e.inChannels}) {
                 dotProd += xC${m+1}.yyww * vec4(wTexel.zw, wTexel.zw);
               }
             `))}p+=`
     }
   `,p+=`
     }
   `,p+=`
     }
   `;let h="",f="";s&&(o?h=`vec4 activation(vec4 a) {
           vec4 b = getPreluActivationWeightsAtOutCoords();
           ${s}
         }`:a?h=`vec4 activation(vec4 a) {
           vec4 b = getLeakyreluAlphaAtOutCoords();
           ${s}
         }`:h=`vec4 activation(vec4 x) {
           ${s}
         }`,f="result = activation(result);");const x=t?"result += getBiasAtOutCoords();":"";t&&this.variableNames.push("bias"),o&&this.variableNames.push("preluActivationWeights"),a&&this.variableNames.push("leakyreluAlpha"),this.userCode=`
       ${h}

       void main() {
         ivec4 coords = getOutputCoords();
         int batch = coords.x;
         ivec2 xRCCorner = coords.yz * strides - pads;
         int d2 = coords.w;
         int xRCorner = xRCCorner.x;
         int xCCorner = xRCCorner.y;

         //intialize dotProd with a small epsilon seems to reduce GPU accuracy loss.
         vec4 dotProd = vec4(0.000000000000001);

         ${p}

         vec4 result = dotProd - vec4(0.000000000000001);
         ${x}
         ${f}
         setOutput(result);
       }
     `}}class wh{constructor(e,t){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"inputShape",type:"ivec4"},{name:"pad",type:"ivec2"},{name:"stride",type:"ivec2"},{name:"dilation",type:"ivec2"},{name:"inChannels",type:"int"},{name:"itemsPerBlockRow",type:"int"},{name:"outWidth",type:"int"}],this.outputShape=e,this.enableShapeUniforms=V(this.outputShape.length);const{dataFormat:s}=t,o=G(),a=s==="channelsLast",r=a?1:2,c=a?2:3,i=this.enableShapeUniforms?"if(blockIndex < outShape[2] && pos < outShape[1]) {":`if(blockIndex < ${e[2]} && pos < ${e[1]}) {`;let u="";for(let l=0;l<=1;l++)for(let d=0;d<=1;d++)u+=`
          blockIndex = rc.z + ${d};
          pos = rc.y + ${l};

          ${i}
            offsetY = int(blockIndex / outWidth) * stride[0] - pad[0];
            d0 = offsetY + dilation[0] * (pos / itemsPerBlockRow);

            if(d0 < inputShape[${r}] && d0 >= 0) {
              // Use custom imod instead mod. On Intel GPU, mod may generate
              // unexpected value.
              // https://github.com/tensorflow/tfjs/issues/5447
              offsetX = imod(blockIndex, outWidth) * stride[1] - pad[1];
              d1 = offsetX + dilation[1] * (imod(pos, itemsPerBlockRow) /
                  inChannels);

              if(d1 < inputShape[${c}] && d1 >= 0) {

                ch = imod(pos, inChannels);

                if (${a}) {
                  innerDims = vec2(d1, ch);
                  result[${l*2+d}] = getChannel(
                    getA(rc.x, d0, int(innerDims.x),
                    int(innerDims.y)), innerDims);
                } else {
                  innerDims = vec2(d0, d1);
                  result[${l*2+d}] = getChannel(
                    getA(rc.x, ch, int(innerDims.x),
                    int(innerDims.y)), innerDims);
                }
              }
            }
          }
        `;this.userCode=`
      void main() {
        ivec3 rc = getOutputCoords();

        vec4 result = vec4(0);

        int blockIndex, pos, offsetY, d0, offsetX, d1, ch;
        vec2 innerDims;

        ${u}

        ${o.output} = result;
      }
    `}}function Ct(n,e){const t=n.length;return t>=3?e?[...n.slice(0,-3),n[t-3]*n[t-2],n[t-1]]:[...n.slice(0,-3),n[t-3],n[t-2]*n[t-1]]:!e&&t===1&&n[0]>1?[n[0],1]:null}function uo({x:n,filter:e,convInfo:t,backend:s,bias:o=null,preluActivationWeights:a=null,leakyreluAlpha:r=0,activation:c=null}){const i=n.shape,u=s.texData.get(n.dataId),l=t.inChannels,d=i[0]*i[1]*i[2],p=t.outChannels,h=t.dataFormat==="channelsLast",f=!1,x=!1;let g;const m=[];if(a!=null){const v=Ct(a.shape,h);v!=null&&(a=y({inputs:{x:a},backend:s,attrs:{shape:v}}),m.push(a))}if(o!=null){const v=Ct(o.shape,h);v!=null&&(o=y({inputs:{x:o},backend:s,attrs:{shape:v}}),m.push(o))}if(!((d===1||p===1)&&l>to)&&u.isPacked&&h&&u.texture!=null&&i[2]%2!==0&&z(u.shape.slice(-3),i.slice(-3))){const v=i[0]*i[1]*(i[2]+1),R={dataId:n.dataId,shape:[1,v,t.inChannels],dtype:n.dtype},N=u.shape;u.shape=u.shape.slice(),u.shape[u.shape.length-2]++,P(je(u.shape,R.shape),()=>`packed reshape ${u.shape} to ${R.shape} isn't free`);const I=y({inputs:{x:e},backend:s,attrs:{shape:[1,t.inChannels,t.outChannels]}});m.push(I);const S=gt({a:R,b:I,backend:s,transposeA:f,transposeB:x,bias:o,activation:c,preluActivationWeights:a,leakyreluAlpha:r}),O=s.texData.get(S.dataId);P(O.isPacked,()=>"batchMatMul result is expected to be packed"),u.shape=N,O.shape=t.outShape,g=X({inputs:{x:S},backend:s}),g.shape=t.outShape,m.push(S)}else{const v=t.outHeight*t.outWidth,R=y({inputs:{x:n},backend:s,attrs:{shape:h?[t.batchSize,v,t.inChannels]:[t.batchSize,t.inChannels,v]}}),N=y({inputs:{x:e},backend:s,attrs:{shape:[1,t.inChannels,t.outChannels]}}),I=gt({a:h?R:N,b:h?N:R,transposeA:!h,transposeB:x,backend:s,bias:o,activation:c,preluActivationWeights:a,leakyreluAlpha:r});g=y({inputs:{x:I},backend:s,attrs:{shape:t.outShape}}),m.push(R),m.push(N),m.push(I)}for(const v of m)s.disposeIntermediateTensorInfo(v);return g}function lo({x:n,filter:e,convInfo:t,backend:s,bias:o=null,preluActivationWeights:a=null,leakyreluAlpha:r=0,activation:c=null}){const{filterWidth:i,filterHeight:u,inChannels:l,outWidth:d,outHeight:p,dataFormat:h}=t,f=h==="channelsLast",x=i*u*l,g=p*d,m=[t.batchSize,x,g],C=!0,$=!1,v=[];if(a!=null){const U=Ct(a.shape,f);U!=null&&(a=y({inputs:{x:a},backend:s,attrs:{shape:U}}),v.push(a))}if(o!=null){const U=Ct(o.shape,f);U!=null&&(o=y({inputs:{x:o},backend:s,attrs:{shape:U}}),v.push(o))}const R=y({inputs:{x:e},backend:s,attrs:{shape:[1,x,E(e.shape)/x]}});v.push(R);const N=new wh(m,t),I=[n.shape,[t.padInfo.top,t.padInfo.left],[t.strideHeight,t.strideWidth],[t.dilationHeight,t.dilationWidth],[t.inChannels],[t.filterWidth*t.inChannels],[t.outWidth]],S=s.runWebGLProgram(N,[n],"float32",I),O=y({inputs:{x:S},backend:s,attrs:{shape:m}});v.push(S),v.push(O);const k=o!=null,F=a!=null,_=c==="leakyrelu",oe=c?qe(c,!0):null,H=new eo(f?O.shape:R.shape,f?R.shape:O.shape,f?[t.batchSize,g,t.outChannels]:[t.batchSize,t.outChannels,g],C,$,k,oe,F,_),j=f?[O,R]:[R,O];if(o&&j.push(o),F&&j.push(a),_){const U=s.makeTensorInfo([],"float32",Je(r,"float32"));j.push(U),v.push(U)}const J=s.runWebGLProgram(H,j,"float32"),ee=y({inputs:{x:J},backend:s,attrs:{shape:t.outShape}});v.push(J);for(const U of v)s.disposeIntermediateTensorInfo(U);return ee}function Sh(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,filter:a}=e,{strides:r,pad:c,dataFormat:i,dilations:u,dimRoundingMode:l}=s,d=Rt(i),p=fe(o.shape,a.shape,r,u,c,l,!1,d);let h;if(p.filterHeight===1&&p.filterWidth===1&&p.dilationHeight===1&&p.dilationWidth===1&&p.strideHeight===1&&p.strideWidth===1&&(p.padInfo.type==="SAME"||p.padInfo.type==="VALID"))h=uo({x:o,filter:a,convInfo:p,backend:t});else if(p.strideWidth<=2&&d==="channelsLast"&&b().getBool("WEBGL_EXP_CONV")){const x=new co(p),g=[[p.padInfo.top,p.padInfo.left],[p.strideHeight,p.strideWidth],[p.dilationHeight,p.dilationWidth],[p.inHeight,p.inWidth]];h=t.runWebGLProgram(x,[o,a],"float32",g)}else if(b().getBool("WEBGL_CONV_IM2COL"))h=lo({x:o,filter:a,convInfo:p,backend:t});else{const x=new io(p);h=t.runWebGLProgram(x,[o,a],"float32")}const f=y({inputs:{x:h},backend:t,attrs:{shape:p.outShape}});return t.disposeIntermediateTensorInfo(h),f}const Th={kernelName:ka,backendName:"webgl",kernelFunc:Sh};class Ih{constructor(e){this.variableNames=["x","dy"],this.outputShape=e.filterShape;const t=e.strideHeight,s=e.strideWidth,o=e.padInfo.top,a=e.padInfo.left,r=e.dataFormat==="channelsLast";this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int wR = coords.x;
        int wC = coords.y;
        int d1 = coords.z;
        int d2 = coords.w;

        // Convolve x(?, ?, d1) with dy(:, :, d2) to get dw(wR, wC, d1, d2).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;

        for (int b = 0; b < ${e.batchSize}; b++) {
          for (int yR = 0; yR < ${e.outHeight}; yR++) {
            int xR = wR + yR * ${t} - ${o};

            if (xR < 0 || xR >= ${e.inHeight}) {
              continue;
            }

            for (int yC = 0; yC < ${e.outWidth}; yC++) {
              int xC = wC + yC * ${s} - ${a};

              if (xC < 0 || xC >= ${e.inWidth}) {
                continue;
              }

              ${r?`float dyValue = getDy(b, yR, yC, d2);
              float xValue = getX(b, xR, xC, d1);
              dotProd += (xValue * dyValue);`:`float dyValue = getDy(b, d2, yR, yC);
              float xValue = getX(b, d1, xR, xC);
              dotProd += (xValue * dyValue);`}
            }
          }
        }
        setOutput(dotProd);
      }
    `}}class Nh{constructor(e){this.variableNames=["dy","W"],this.outputShape=e.inShape;const t=e.filterHeight,s=e.filterWidth,o=e.strideHeight,a=e.strideWidth,r=e.dataFormat==="channelsLast",c=t-1-e.padInfo.top,i=s-1-e.padInfo.left,u=r?1:2,l=r?2:3,d=r?3:1;this.userCode=`
      const ivec2 pads = ivec2(${c}, ${i});

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords[0];
        int d1 = coords[${d}];

        ivec2 dyCorner = ivec2(coords[${u}], coords[${l}]) - pads;
        int dyRCorner = dyCorner.x;
        int dyCCorner = dyCorner.y;

        // Convolve dy(?, ?, d2) with w(:, :, d1, d2) to compute dx(xR, xC, d1).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;
        for (int wR = 0; wR < ${t}; wR++) {
          float dyR = float(dyRCorner + wR) / ${o}.0;

          if (dyR < 0.0 || dyR >= ${e.outHeight}.0 || fract(dyR) > 0.0) {
            continue;
          }
          int idyR = int(dyR);

          int wRPerm = ${t} - 1 - wR;

          for (int wC = 0; wC < ${s}; wC++) {
            float dyC = float(dyCCorner + wC) / ${a}.0;

            if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                fract(dyC) > 0.0) {
              continue;
            }
            int idyC = int(dyC);

            int wCPerm = ${s} - 1 - wC;

            for (int d2 = 0; d2 < ${e.outChannels}; d2++) {

              if (${r}) {
                float xValue = getDy(batch, idyR, idyC, d2);
                float wValue = getW(wRPerm, wCPerm, d1, d2);
                dotProd += xValue * wValue;
              } else {
                float xValue = getDy(batch, d2, idyR, idyC);
                float wValue = getW(wRPerm, wCPerm, d1, d2);
                dotProd += xValue * wValue;
              }

            }
          }
        }
        setOutput(dotProd);
      }
    `}}class Eh{constructor(e){this.variableNames=["x","dy"],this.outputShape=e.filterShape;const t=e.strideDepth,s=e.strideHeight,o=e.strideWidth,a=e.padInfo.front,r=e.padInfo.top,c=e.padInfo.left;this.userCode=`
      void main() {
        ivec5 coords = getOutputCoords();
        int wF = coords.x;
        int wR = coords.y;
        int wC = coords.z;
        int d1 = coords.w;
        int d2 = coords.u;

        float dotProd = 0.0;

        for (int b = 0; b < ${e.batchSize}; b++) {
          for (int yF = 0; yF < ${e.outDepth}; yF++) {
            int xF = wF + yF * ${t} - ${a};

            if (xF < 0 || xF >= ${e.inDepth}) {
              continue;
            }

            for (int yR = 0; yR < ${e.outHeight}; yR++) {
              int xR = wR + yR * ${s} - ${r};

              if (xR < 0 || xR >= ${e.inHeight}) {
                continue;
              }

              for (int yC = 0; yC < ${e.outWidth}; yC++) {
                int xC = wC + yC * ${o} - ${c};

                if (xC < 0 || xC >= ${e.inWidth}) {
                  continue;
                }

                float dyValue = getDy(b, yF, yR, yC, d2);
                float xValue = getX(b, xF, xR, xC, d1);
                dotProd += (xValue * dyValue);
              }
            }
          }
        }
        setOutput(dotProd);
      }
    `}}class kh{constructor(e){this.variableNames=["dy","W"],this.outputShape=e.inShape;const t=e.filterDepth,s=e.filterHeight,o=e.filterWidth,a=e.strideDepth,r=e.strideHeight,c=e.strideWidth,i=t-1-e.padInfo.front,u=s-1-e.padInfo.top,l=o-1-e.padInfo.left;this.userCode=`
      const ivec3 pads = ivec3(${i}, ${u}, ${l});

      void main() {
        ivec5 coords = getOutputCoords();
        int batch = coords.x;
        int d1 = coords.u;


        ivec3 dyCorner = ivec3(coords.y, coords.z, coords.w) - pads;
        int dyFCorner = dyCorner.x;
        int dyRCorner = dyCorner.y;
        int dyCCorner = dyCorner.z;

        float dotProd = 0.0;
        for (int wF = 0; wF < ${t}; wF++) {
          float dyF = float(dyFCorner + wF) / ${a}.0;

          if (dyF < 0.0 || dyF >= ${e.outDepth}.0 || fract(dyF) > 0.0) {
            continue;
          }
          int idyF = int(dyF);

          int wFPerm = ${t} - 1 - wF;

          for (int wR = 0; wR < ${s}; wR++) {
            float dyR = float(dyRCorner + wR) / ${r}.0;

            if (dyR < 0.0 || dyR >= ${e.outHeight}.0 ||
              fract(dyR) > 0.0) {
              continue;
            }
            int idyR = int(dyR);

            int wRPerm = ${s} - 1 - wR;

            for (int wC = 0; wC < ${o}; wC++) {
              float dyC = float(dyCCorner + wC) / ${c}.0;

              if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                  fract(dyC) > 0.0) {
                continue;
              }
              int idyC = int(dyC);

              int wCPerm = ${o} - 1 - wC;

              for (int d2 = 0; d2 < ${e.outChannels}; d2++) {
                float xValue = getDy(batch, idyF, idyR, idyC, d2);
                float wValue = getW(wFPerm, wRPerm, wCPerm, d1, d2);
                dotProd += xValue * wValue;
              }
            }
          }
        }
        setOutput(dotProd);
      }
    `}}function Oh(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,dy:a}=e,{strides:r,pad:c,dataFormat:i,dimRoundingMode:u,filterShape:l}=s,d=Rt(i),p=fe(o.shape,l,r,1,c,u,!1,d),h=new Ih(p);return t.runWebGLProgram(h,[o,a],"float32")}const Ah={kernelName:Oa,backendName:"webgl",kernelFunc:Oh};class Ph{constructor(e){this.variableNames=["dy","W"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"strides",type:"vec2"}],this.outputShape=e.inShape,this.enableShapeUniforms=V(this.outputShape.length);const t=e.filterHeight,s=e.filterWidth,o=t-1-e.padInfo.top,a=s-1-e.padInfo.left;this.userCode=`
      const ivec2 pads = ivec2(${o}, ${a});

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords[0];
        int d1 = coords[3];

        ivec2 dyCorner = ivec2(coords[1], coords[2]) - pads;
        int dyRCorner = dyCorner.x;
        int dyCCorner = dyCorner.y;

        vec4 result = vec4(0.);
        for (int wR = 0; wR < ${t}; wR++) {
          float dyR = float(dyRCorner + wR) / strides[0];
          if (dyR < 0.0 || dyR >= ${e.outHeight}.0 || fract(dyR) > 0.0) {
            continue;
          }
          int idyR = int(dyR);
          int wRPerm = ${t} - 1 - wR;

          for (int wC = 0; wC < ${s}; wC++) {
            int wCPerm = ${s} - 1 - wC;

            float dyC = float(dyCCorner + wC) / strides[1];
            bool idyCVal = (dyC >= 0.0) && (dyC < ${e.outWidth}.0)
              && (fract(dyC) == 0.0);
            int idyC = int(dyC);

            float dyC2 = float(dyCCorner + wC + 1) / strides[1];
            bool idyCVal2 = (dyC2 >= 0.0) && (dyC2 < ${e.outWidth}.0)
              && (fract(dyC2) == 0.0);
            int idyC2 = int(dyC2);

            if (idyCVal && idyCVal2) {
              for (int d2 = 0; d2 < ${e.outChannels}; d2 += 2) {
                vec4 wValue = getW(wRPerm, wCPerm, d1, d2);
                vec4 dySample = getDy(batch, idyR, idyC, d2);
                vec4 dySample2 = (idyC / 2 == idyC2 / 2) ?
                  dySample : getDy(batch, idyR, idyC2, d2);

                vec2 dyValue = mod(float(idyC), 2.) == 0. ?
                  dySample.xy : dySample.zw;
                result.xy += vec2(dot(dyValue, wValue.xy),
                  dot(dyValue, wValue.zw));

                dyValue = mod(float(idyC2), 2.) == 0. ?
                  dySample2.xy : dySample2.zw;
                result.zw += vec2(dot(dyValue, wValue.xy),
                  dot(dyValue, wValue.zw));
              }
            } else if (idyCVal) {
              for (int d2 = 0; d2 < ${e.outChannels}; d2 += 2) {
                vec4 wValue = getW(wRPerm, wCPerm, d1, d2);
                vec4 dySample = getDy(batch, idyR, idyC, d2);
                vec2 dyValue = mod(float(idyC), 2.) == 0. ?
                  dySample.xy : dySample.zw;
                result.xy += vec2(dot(dyValue, wValue.xy),
                  dot(dyValue, wValue.zw));
              }
            } else if (idyCVal2) {
              for (int d2 = 0; d2 < ${e.outChannels}; d2 += 2) {
                vec4 wValue = getW(wRPerm, wCPerm, d1, d2);
                vec4 dySample = getDy(batch, idyR, idyC2, d2);
                vec2 dyValue = mod(float(idyC2), 2.) == 0. ?
                  dySample.xy : dySample.zw;
                result.zw += vec2(dot(dyValue, wValue.xy),
                  dot(dyValue, wValue.zw));
              }
            }
          }
        }
        setOutput(result);
      }
    `}}function Dh(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,filter:a}=e,{inputShape:r,strides:c,pad:i,dataFormat:u,dimRoundingMode:l}=s,d=Rt(u),p=fe(r,a.shape,c,1,i,l,!1,d);if(b().getBool("WEBGL_PACK_CONV2DTRANSPOSE")&&d==="channelsLast"){const h=[[p.strideHeight,p.strideWidth]],f=new Ph(p);return t.runWebGLProgram(f,[o,a],"float32",h)}else{const h=new Nh(p);return t.runWebGLProgram(h,[o,a],"float32")}}const Fh={kernelName:Aa,backendName:"webgl",kernelFunc:Dh};function _h(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,filter:a}=e,{strides:r,pad:c,dilations:i}=s,u=Xt(o.shape,a.shape,r,i,c),l=new yh(u);return t.runWebGLProgram(l,[o,a],"float32")}const Lh={kernelName:Pa,backendName:"webgl",kernelFunc:_h};function Bh(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,dy:a}=e,{strides:r,pad:c,filterShape:i}=s,u=Xt(o.shape,i,r,1,c),l=new Eh(u);return t.runWebGLProgram(l,[o,a],"float32")}const Vh={kernelName:Da,backendName:"webgl",kernelFunc:Bh};function Uh(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,filter:a}=e,{pad:r,strides:c,inputShape:i}=s,u=Xt(i,a.shape,c,1,r),l=new kh(u);return t.runWebGLProgram(l,[o,a],"float32")}const Wh={kernelName:Fa,backendName:"webgl",kernelFunc:Uh};const Mh=We+`
  return cos(x);
`,Gh=`
  vec4 result = cos(x);
  bvec4 isNaN = isnan(x);
  ${Te}
  return result;
`,zh=A({opSnippet:Mh,packedOpSnippet:Gh}),Hh={kernelName:_a,backendName:"webgl",kernelFunc:zh};const Xh=`
  float e2x = exp(-x);
  return (e2x + 1.0 / e2x) / 2.0;
`,Kh=A({opSnippet:Xh}),jh={kernelName:La,backendName:"webgl",kernelFunc:Kh};class qh{constructor(e,t,s,o,a){this.variableNames=["Image","Boxes","BoxInd"],this.outputShape=[];const[r,c,i,u]=e,[l]=t,[d,p]=s;this.outputShape=[l,d,p,u];const h=o==="bilinear"?1:0,[f,x]=[`${c-1}.0`,`${i-1}.0`],[g,m,C]=d>1?[`${(c-1)/(d-1)}`,"(y2-y1) * height_ratio",`y1*${f} + float(y)*(height_scale)`]:["0.0","0.0",`0.5 * (y1+y2) * ${f}`],[$,v,R]=p>1?[`${(i-1)/(p-1)}`,"(x2-x1) * width_ratio",`x1*${x} + float(x)*(width_scale)`]:["0.0","0.0",`0.5 * (x1+x2) * ${x}`];this.userCode=`
      const float height_ratio = float(${g});
      const float width_ratio = float(${$});
      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int y = coords[1];
        int x = coords[2];
        int d = coords[3];

        // get box vals
        float y1 = getBoxes(b,0);
        float x1 = getBoxes(b,1);
        float y2 = getBoxes(b,2);
        float x2 = getBoxes(b,3);

        // get image in batch index
        int bInd = round(getBoxInd(b));
        if(bInd < 0 || bInd >= ${r}) {
          return;
        }

        float height_scale = ${m};
        float width_scale = ${v};

        float in_y = ${C};
        if( in_y < 0.0 || in_y > ${f} ) {
          setOutput(float(${a}));
          return;
        }
        float in_x = ${R};
        if( in_x < 0.0 || in_x > ${x} ) {
          setOutput(float(${a}));
          return;
        }

        vec2 sourceFracIndexCR = vec2(in_x,in_y);
        if(${h} == 1) {
          // Compute the four integer indices.
          ivec2 sourceFloorCR = ivec2(sourceFracIndexCR);
          ivec2 sourceCeilCR = ivec2(ceil(sourceFracIndexCR));

          float topLeft = getImage(b, sourceFloorCR.y, sourceFloorCR.x, d);
          float bottomLeft = getImage(b, sourceCeilCR.y, sourceFloorCR.x, d);
          float topRight = getImage(b, sourceFloorCR.y, sourceCeilCR.x, d);
          float bottomRight = getImage(b, sourceCeilCR.y, sourceCeilCR.x, d);

          vec2 fracCR = sourceFracIndexCR - vec2(sourceFloorCR);

          float top = topLeft + (topRight - topLeft) * fracCR.x;
          float bottom = bottomLeft + (bottomRight - bottomLeft) * fracCR.x;
          float newValue = top + (bottom - top) * fracCR.y;
          setOutput(newValue);
        } else {
          // Compute the coordinators of nearest neighbor point.
          ivec2 sourceNearestCR = ivec2(floor(
            sourceFracIndexCR + vec2(0.5,0.5)));
          float newValue = getImage(b, sourceNearestCR.y, sourceNearestCR.x, d);
          setOutput(newValue);
        }
      }
    `}}const Yh=n=>{const{inputs:e,backend:t,attrs:s}=n,{image:o,boxes:a,boxInd:r}=e,{cropSize:c,method:i,extrapolationValue:u}=s,l=new qh(o.shape,a.shape,c,i,u);return t.runWebGLProgram(l,[o,a,r],"float32")},Qh={kernelName:Ba,backendName:"webgl",kernelFunc:Yh};var Qe;(function(n){n.Prod="*",n.Sum="+"})(Qe||(Qe={}));class Dn{constructor(e,t,s,o){this.op=e,this.outputShape=t,this.variableNames=["x"],this.customUniforms=[{name:"index",type:"float"}];const a=this.outputShape.length,r=this.op===Qe.Prod?"1.0":"0.0",c=s?r:`getX(${Fn(a,"coords",this.op)})`,i=this.outputShape[this.outputShape.length-1];let u="",l="";s?(u=o?`end != ${i-1}`:"end != 0",l=o?"end + 1":"end - 1"):(u=o?`end + pow2 < ${i}`:"end >= pow2",l=o?"end + pow2":"end - pow2"),this.userCode=`
      void main() {
        ${D(a)} coords = getOutputCoords();
        int end = ${_n(a,"coords",this.op)};
        float val = ${c};
        int pow2 = int(pow(2.0, index));
        if (${u}) {
          int idx = ${l};
          ${_n(a,"coords",this.op)} = idx;
          val ${this.op}= getX(${Fn(a,"coords",this.op)});
        }
        setOutput(val);
      }
    `}}function Fn(n,e,t){if(n===1)return`${e}`;if(n===2)return`${e}.x, ${e}.y`;if(n===3)return`${e}.x, ${e}.y, ${e}.z`;if(n===4)return`${e}.x, ${e}.y, ${e}.z, ${e}.w`;throw new Error(`Cumulative ${t} for rank ${n} is not yet supported`)}function _n(n,e,t){if(n===1)return`${e}`;if(n===2)return`${e}.y`;if(n===3)return`${e}.z`;if(n===4)return`${e}.w`;throw new Error(`Cumulative ${t} for rank ${n} is not yet supported`)}function po(n,e,t,s,o,a){const r=e.shape.length,c=ne([s],r);let i=e;c!=null&&(i=M({inputs:{x:e},backend:t,attrs:{perm:c}}));const u=se(1,r)[0];if(u!==r-1)throw new Error(`WebGL cumprod shader expects an inner-most axis=${e.shape.length-1} but got axis=${s}`);const l=i.shape[u];let d=X({inputs:{x:i},backend:t});for(let p=0;p<=Math.ceil(Math.log2(l))-1;p++){const h=new Dn(n,i.shape,!1,a),f=[[p]],x=d;d=t.runWebGLProgram(h,[d],d.dtype,f),t.disposeIntermediateTensorInfo(x)}if(o){const p=new Dn(n,i.shape,o,a),h=d;d=t.runWebGLProgram(p,[d],d.dtype),t.disposeIntermediateTensorInfo(h)}if(c!=null){const p=Jn(c),h=M({inputs:{x:d},backend:t,attrs:{perm:p}});return t.disposeIntermediateTensorInfo(d),t.disposeIntermediateTensorInfo(i),h}return d}function Jh(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,exclusive:r,reverse:c}=s;return po(Qe.Prod,o,t,a,r,c)}const Zh={kernelName:Va,backendName:"webgl",kernelFunc:Jh};function ef(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,exclusive:r,reverse:c}=s;return po(Qe.Sum,o,t,a,r,c)}const tf={kernelName:Ua,backendName:"webgl",kernelFunc:ef};function nf(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,weights:a}=e,{size:r,binaryOutput:c}=s;if(o.shape.length===1){const i=t.readSync(o.dataId),u=t.readSync(a.dataId),l=Hs(i,u,a.dtype,a.shape,r);return t.makeTensorInfo([r],a.dtype,l)}else if(o.shape.length===2){const i=t.bufferSync(o),u=t.bufferSync(a),l=al(i,u,r,c);return t.makeTensorInfo(l.shape,a.dtype,l.values)}throw new Error(`Error in denseBincount: input must be at most rank 2, but got rank${o.shape.length}.`)}const sf={kernelName:Wa,backendName:"webgl",kernelFunc:nf};class of{constructor(e,t,s){this.variableNames=["x"],this.outputShape=[],this.outputShape=e,this.blockSize=t,this.dataFormat=s,this.userCode=`
    void main() {
      ivec4 coords = getOutputCoords();
      int b = coords[0];
      int h = ${this.getHeightCoordString()};
      int w = ${this.getWidthCoordString()};
      int d = ${this.getDepthCoordString()};

      int in_h = h / ${t};
      int offset_h = imod(h, ${t});
      int in_w = w / ${t};
      int offset_w = imod(w, ${t});
      int offset_d = (offset_h * ${t} + offset_w) *
        ${this.getOutputDepthSize()};
      int in_d = d + offset_d;

      float result = ${this.getInputSamplingString()};
      setOutput(result);
    }
  `}getHeightCoordString(){return this.dataFormat==="NHWC"?"coords[1]":"coords[2]"}getWidthCoordString(){return this.dataFormat==="NHWC"?"coords[2]":"coords[3]"}getDepthCoordString(){return this.dataFormat==="NHWC"?"coords[3]":"coords[1]"}getOutputDepthSize(){return this.dataFormat==="NHWC"?this.outputShape[3]:this.outputShape[1]}getInputSamplingString(){return this.dataFormat==="NHWC"?"getX(b, in_h, in_w, in_d)":"getX(b, in_d, in_h, in_w)"}}function af(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{blockSize:a,dataFormat:r}=s,c=o.shape[0],i=r==="NHWC"?o.shape[1]:o.shape[2],u=r==="NHWC"?o.shape[2]:o.shape[3],l=r==="NHWC"?o.shape[3]:o.shape[1],d=i*a,p=u*a,h=l/(a*a),f=r==="NHWC"?[c,d,p,h]:[c,h,d,p],x=new of(f,a,r);return t.runWebGLProgram(x,[o],o.dtype)}const rf={kernelName:Ma,backendName:"webgl",kernelFunc:af};class ho{constructor(e,t=!1,s=null,o=!1,a=!1){this.variableNames=["x","W"],this.customUniforms=[{name:"pads",type:"ivec2"},{name:"strides",type:"ivec2"},{name:"dilations",type:"ivec2"},{name:"inDims",type:"ivec2"}],this.outputShape=e.outShape,this.enableShapeUniforms=V(this.outputShape.length);const r=e.filterHeight,c=e.filterWidth,i=e.outChannels/e.inChannels;let u="",l="";s&&(o?u=`float activation(float a) {
          float b = getPreluActivationWeightsAtOutCoords();
          ${s}
        }`:a?u=`float activation(float a) {
          float b = getLeakyreluAlphaAtOutCoords();
          ${s}
        }`:u=`
          float activation(float x) {
            ${s}
          }
        `,l="result = activation(result);");const d=t?"result += getBiasAtOutCoords();":"";t&&this.variableNames.push("bias"),o&&this.variableNames.push("preluActivationWeights"),a&&this.variableNames.push("leakyreluAlpha"),this.userCode=`
      ${u}

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords.x;
        ivec2 xRCCorner = coords.yz * strides - pads;
        int d2 = coords.w;
        int d1 = d2 / ${i};
        int q = d2 - d1 * ${i};

        int xRCorner = xRCCorner.x;
        int xCCorner = xRCCorner.y;

        // Convolve x(?, ?, d1) with w(:, :, d1, q) to get y(yR, yC, d2).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;
        // TO DO(dsmilkov): Flatten the two for loops and vec4 the operations.
        for (int wR = 0; wR < ${r}; wR++) {
          int xR = xRCorner + wR * dilations[0];

          if (xR < 0 || xR >= inDims[0]) {
            continue;
          }

          for (int wC = 0; wC < ${c}; wC++) {
            int xC = xCCorner + wC * dilations[1];

            if (xC < 0 || xC >= inDims[1]) {
              continue;
            }

            float xVal = getX(batch, xR, xC, d1);
            float wVal = getW(wR, wC, d1, q);
            dotProd += xVal * wVal;
          }
        }

        float result = dotProd;
        ${d}
        ${l}
        setOutput(result);
      }
    `}}class fo{constructor(e,t=!1,s=null,o=!1,a=!1){this.variableNames=["x","W"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"pads",type:"ivec2"},{name:"strides",type:"ivec2"},{name:"dilations",type:"ivec2"},{name:"inDims",type:"ivec2"}],this.outputShape=e.outShape,this.enableShapeUniforms=V(this.outputShape.length);const r=e.outChannels/e.inChannels,c=e.padInfo.left,i=e.strideWidth,u=e.dilationWidth,l=e.filterHeight,d=e.filterWidth,p=d;let h=`
      int xR; int xC; int xCOffset;
      vec4 wTexel; vec4 previous; vec4 final;`;for(let m=0;m<d;m++)h+=`
          vec4 xTexelC${m*2};
          int xTexelC${m*2}Ready;
          vec4 xTexelC${m*2+1};
          int xTexelC${m*2+1}Ready;
          vec4 xC${m};`;h+=`
    for (int r = 0; r < ${l}; r++) {
      `;for(let m=0;m<d;m++)h+=`
          xTexelC${m*2} = vec4(0.0);
          xTexelC${m*2}Ready = 0;
          xTexelC${m*2+1} = vec4(0.0);
          xTexelC${m*2+1}Ready = 0;
          xC${m} = vec4(0.0);`;h+=`
        xR = xRCorner + r * dilations[0];
        if (xR >=0 && xR < inDims[0]) {
      `;for(let m=0;m<(p+1)/2;m++){const C=m*2;if(h+=`
          xC = xCCorner + ${C*u};
          `,i===1){if(C<d&&(c%2===1?(h+=`
                xCOffset = xC + 1;
                if (xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${C}Ready == 0) {
                  xTexelC${C} = getX(batch, xR, xCOffset, d1);

                  // Need to manually clear unused channels in case
                  // we're reading from recycled texture.
                  if (xCOffset + 1 >= inDims[1]) {
                    xTexelC${C}.zw = vec2(0.0);
                  }
                  xTexelC${C}Ready = 1;
                }
              `,u===1&&C>0?h+=`
                xC${C} = vec4(xTexelC${C-2}.zw, xTexelC${C}.xy);
                `:h+=`
                  xCOffset = xC + 1 - 2;

                  if (xCOffset >= 0 && xCOffset < inDims[1]) {
                    previous = getX(batch, xR, xCOffset, d1);

                    // Need to manually clear unused channels in case
                    // we're reading from recycled texture.
                    if (xCOffset + 1 >= inDims[1]) {
                      previous.zw = vec2(0.0);
                    }

                    xC${C} = vec4(previous.zw, xTexelC${C}.xy);
                  } else {
                    xC${C} = vec4(0.0, 0.0, xTexelC${C}.xy);
                  }
                  `):h+=`
                if (xC >= 0 && xC < inDims[1] && xTexelC${C}Ready == 0) {
                  xTexelC${C} = getX(batch, xR, xC, d1);
                  if (xC + 1 >= inDims[1]) {
                    xTexelC${C}.zw = vec2(0.0);
                  }
                  xTexelC${C}Ready = 1;
                }

                xC${C} = xTexelC${C};
                `,C+1<d)){const $=c%2===0?Mt(u):u;u%2===0&&c%2===1||u%2!==0&&c%2!==1?(h+=`
                  xCOffset = xC + imod(pads[1], 2) + ${$};

                  if (xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${C+1}Ready == 0) {
                    xTexelC${C+1} = getX(batch, xR, xCOffset, d1);

                    // Need to manually clear unused channels in case
                    // we're reading from recycled texture.
                    if (xCOffset + 1 >= inDims[1]) {
                      xTexelC${C+1}.zw = vec2(0.0);
                    }
                    xTexelC${C+1}Ready = 1;
                  }
                  `,u>1?h+=`
                    xCOffset -= 2;
                    if (xCOffset >= 0 && xCOffset < inDims[1]) {
                     previous = getX(batch, xR, xCOffset, d1);
                     xC${C+1} = vec4(previous.zw, xTexelC${C+1}.xy);
                    } else {
                     xC${C+1} = vec4(0.0, 0.0, xTexelC${C+1}.xy);
                    }
                    `:h+=`
                    xC${C+1} = vec4(xTexelC${C}.zw, xTexelC${C+1}.xy);
                    `):$===1?h+=`
                    xC${C+1} = xTexelC${C};
                    `:h+=`
                    xCOffset = xC + ${$};

                    if (xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${C+1}Ready == 0) {
                      xTexelC${C+1} = getX(batch, xR, xCOffset, d1);
                      if (xCOffset + 1 >= inDims[1]) {
                        xTexelC${C+1}.zw = vec2(0.0);
                      }
                      xTexelC${C+1}Ready = 1;
                    }

                    xC${C+1} = xTexelC${C+1};
                    `}}else C<d&&(c%2===1?(h+=`
                xCOffset = xC + 1 - strides[1];
                if(xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${C}Ready == 0) {
                  xTexelC${C} = getX(batch, xR, xCOffset, d1);
                  // Need to manually clear unused channels in case
                  // we're reading from recycled texture.
                  if (xCOffset + 1 >= inDims[1]) {
                    xTexelC${C}.zw = vec2(0.0);
                  }
                  xTexelC${C}Ready = 1;
                }

                if(xC + 1 >= 0 && xC + 1 < inDims[1] && xTexelC${C+1}Ready == 0) {
                  xTexelC${C+1} = getX(batch, xR, xC + 1, d1);
                  // Need to manually clear unused channels in case
                  // we're reading from recycled texture.
                  if (xC + 2 >= inDims[1]) {
                    xTexelC${C+1}.zw = vec2(0.0);
                  }
                  xTexelC${C+1}Ready = 1;
                }

                xC${C} = vec4(xTexelC${C}.zw, xTexelC${C+1}.zw);
              `,C+1<d&&(h+=`
                  final = vec4(0.0);
                  xCOffset = xC + 1 + strides[1];
                  if(xCOffset >= 0 && xCOffset < inDims[1]) {
                    final = getX(batch, xR, xCOffset, d1);
                  }
                  xC${C+1} = vec4(xTexelC${C+1}.xy, final.xy);
                `)):(h+=`
                if(xC >= 0 && xC < inDims[1] && xTexelC${C}Ready == 0) {
                  xTexelC${C} = getX(batch, xR, xC, d1);
                  if (xC + 1 >= inDims[1]) {
                    xTexelC${C}.zw = vec2(0.0);
                  }
                  xTexelC${C}Ready = 1;
                }

                xCOffset = xC + strides[1];
                if(xCOffset >= 0 && xCOffset < inDims[1] && xTexelC${C+1}Ready == 0) {
                  xTexelC${C+1} = getX(batch, xR, xCOffset, d1);
                  if (xCOffset + 1 >= inDims[1]) {
                    xTexelC${C+1}.zw = vec2(0.);
                  }
                  xTexelC${C+1}Ready = 1;
                }

                xC${C} = vec4(
                  xTexelC${C}.xy, xTexelC${C+1}.xy);
              `,C+1<d&&(h+=`
                  xC${C+1} = vec4(xTexelC${C}.zw, xTexelC${C+1}.zw);
                `)));C<d&&(h+=`
            wTexel = getW(r, ${C}, d1, q);
            dotProd += xC${C} * vec4(wTexel.xz, wTexel.xz);
          `,C+1<d&&(h+=`
              wTexel = getW(r, ${C+1}, d1, q);
              dotProd += xC${C+1} * vec4(wTexel.xz, wTexel.xz);
            `))}h+=`
    }
  `,h+=`
      }
    `;let f="",x="";s&&(o?f=`vec4 activation(vec4 a) {
          vec4 b = getPreluActivationWeightsAtOutCoords();
          ${s}
        }`:a?f=`vec4 activation(vec4 a) {
          vec4 b = getLeakyreluAlphaAtOutCoords();
          ${s}
        }`:f=`vec4 activation(vec4 x) {
          ${s}
        }`,x="result = activation(result);");const g=t?"result += getBiasAtOutCoords();":"";t&&this.variableNames.push("bias"),o&&this.variableNames.push("preluActivationWeights"),a&&this.variableNames.push("leakyreluAlpha"),this.userCode=`
      ${f}

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords.x;
        ivec2 xRCCorner = coords.yz * strides - pads;
        int d2 = coords.w;
        int d1 = d2 / ${r};
        int q = d2 - d1 * ${r};
        int xRCorner = xRCCorner.x;
        int xCCorner = xRCCorner.y;

        //intialize dotProd with a small epsilon seems to reduce GPU accuracy loss.
        vec4 dotProd = vec4(0.000000000000001);

        ${h}

        vec4 result = dotProd - vec4(0.000000000000001);
        ${g}
        ${x}
        setOutput(result);
      }
    `}}function cf(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,filter:a}=e,{strides:r,pad:c,dilations:i,dimRoundingMode:u}=s;let l=i;l==null&&(l=[1,1]),P(Ze(r,l),()=>`Error in depthwiseConv2d: Either strides or dilations must be 1. Got strides ${r} and dilations '${l}'`);const d=fe(o.shape,a.shape,r,l,c,u,!0);let p;b().getBool("WEBGL_PACK_DEPTHWISECONV")&&d.strideWidth<=2&&d.outChannels/d.inChannels===1?p=new fo(d):p=new ho(d);const h=[[d.padInfo.top,d.padInfo.left],[d.strideHeight,d.strideWidth],[d.dilationHeight,d.dilationWidth],[d.inHeight,d.inWidth]];return t.runWebGLProgram(p,[o,a],"float32",h)}const uf={kernelName:Ga,backendName:"webgl",kernelFunc:cf};class lf{constructor(e){this.variableNames=["x","dy"],this.outputShape=e.filterShape;const t=e.strideHeight,s=e.strideWidth,o=e.padInfo.top,a=e.padInfo.left,r=e.outChannels/e.inChannels;this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int wR = coords.x;
        int wC = coords.y;
        int d1 = coords.z;
        int dm = coords.w;
        int d2 = d1 * ${r} + dm;

        float dotProd = 0.0;

        // TO DO: Vec4 over the batch size
        for (int b = 0; b < ${e.batchSize}; b++) {
          for (int yR = 0; yR < ${e.outHeight}; yR++) {
            int xR = wR + yR * ${t} - ${o};

            if (xR < 0 || xR >= ${e.inHeight}) {
              continue;
            }

            for (int yC = 0; yC < ${e.outWidth}; yC++) {
              int xC = wC + yC * ${s} - ${a};

              if (xC < 0 || xC >= ${e.inWidth}) {
                continue;
              }

              float dyValue = getDy(b, yR, yC, d2);
              float xValue = getX(b, xR, xC, d1);
              dotProd += (xValue * dyValue);
            }
          }
        }
        setOutput(dotProd);
      }
    `}}class df{constructor(e){this.variableNames=["dy","W"],this.outputShape=e.inShape;const t=e.filterHeight,s=e.filterWidth,o=e.strideHeight,a=e.strideWidth,r=t-1-e.padInfo.top,c=s-1-e.padInfo.left,i=e.outChannels/e.inChannels;this.userCode=`
      const ivec2 pads = ivec2(${r}, ${c});

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords[0];
        int d1 = coords[3];
        ivec2 dyCorner = coords.yz - pads;
        int dyRCorner = dyCorner.x;
        int dyCCorner = dyCorner.y;

        float dotProd = 0.0;

        for (int wR = 0; wR < ${t}; wR++) {
          float dyR = float(dyRCorner + wR) / ${o}.0;

          if (dyR < 0.0 || dyR >= ${e.outHeight}.0 || fract(dyR) > 0.0) {
            continue;
          }
          int idyR = int(dyR);

          int wRPerm = ${t} - 1 - wR;

          for (int wC = 0; wC < ${s}; wC++) {
            float dyC = float(dyCCorner + wC) / ${a}.0;

            if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                fract(dyC) > 0.0) {
              continue;
            }
            int idyC = int(dyC);

            int wCPerm = ${s} - 1 - wC;

            // TO DO: Vec4 over the channelMul
            for (int dm = 0; dm < ${i}; dm++) {
              int d2 = d1 * ${i} + dm;
              float xValue = getDy(batch, idyR, idyC, d2);
              float wValue = getW(wRPerm, wCPerm, d1, dm);
              dotProd += xValue * wValue;
            }
          }
        }
        setOutput(dotProd);
      }
    `}}function pf(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,dy:a}=e,{strides:r,dilations:c,pad:i,dimRoundingMode:u,filterShape:l}=s,d=fe(o.shape,l,r,c,i,u,!0),p=new lf(d);return t.runWebGLProgram(p,[o,a],"float32")}const hf={kernelName:za,backendName:"webgl",kernelFunc:pf};function ff(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,filter:a}=e,{strides:r,dilations:c,pad:i,dimRoundingMode:u,inputShape:l}=s,d=fe(l,a.shape,r,c,i,u,!0),p=new df(d);return t.runWebGLProgram(p,[o,a],"float32")}const mf={kernelName:Ha,backendName:"webgl",kernelFunc:ff};class xf{constructor(e){this.variableNames=["X"],this.outputShape=[e,e],this.userCode=`
      void main() {
          ivec2 coords = getOutputCoords();
          float val = coords[0] == coords[1] ? getX(coords[0]) : 0.0;
          setOutput(val);
      }
    `}}function gf(n){const{inputs:e,backend:t}=n,{x:s}=e,o=[...s.shape,...s.shape],a=E(s.shape),r=y({inputs:{x:s},backend:t,attrs:{shape:[a]}}),c=new xf(a),i=t.runWebGLProgram(c,[r],r.dtype),u=y({inputs:{x:i},backend:t,attrs:{shape:o}});return t.disposeIntermediateTensorInfo(r),t.disposeIntermediateTensorInfo(i),u}const Cf={kernelName:Xa,backendName:"webgl",kernelFunc:gf};class bf{constructor(e){this.variableNames=["x","W"],this.outputShape=e.outShape;const{inHeight:t,inWidth:s,padInfo:o,strideHeight:a,strideWidth:r,filterHeight:c,filterWidth:i,dilationHeight:u,dilationWidth:l}=e,{top:d,left:p}=o;this.userCode=`
      const ivec2 strides = ivec2(${a}, ${r});
      const ivec2 pads = ivec2(${d}, ${p});
      const float neg_infinity = -3.4e38;

      void main() {
        ivec4 coords = getOutputCoords();
        int batch = coords.x;
        int d1 = coords.w;
        ivec2 outTopLeftCorner =
            coords.yz * strides - pads;
        int hBeg = outTopLeftCorner.x;
        int wBeg = outTopLeftCorner.y;

        float curVal = neg_infinity;
        for (int h = 0; h < ${c}; h++) {
          int hIn = hBeg + h * ${u};

          if (hIn >= 0 && hIn < ${t}) {
            for (int w = 0; w < ${i}; w++) {
              int wIn = wBeg + w * ${l};

              if (wIn >= 0 && wIn < ${s}) {
                float xVal = getX(batch, hIn, wIn, d1);
                float wVal = getW(h, w, d1);

                float val = xVal + wVal;
                if (val > curVal) {
                  curVal = val;
                }
              }
            }
          }
        }

        float result = curVal;
        setOutput(result);
      }
    `}}function vf(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,filter:a}=e,{strides:r,pad:c,dilations:i}=s,u=cc(o.shape,a.shape,r,c,"NHWC",i);let l;const d=new bf(u);l=t.runWebGLProgram(d,[o,a],"float32");const p=y({inputs:{x:l},backend:t,attrs:{shape:u.outShape}});return t.disposeIntermediateTensorInfo(l),p}const $f={kernelName:Ka,backendName:"webgl",kernelFunc:vf};function Rf(n){const{inputs:e,backend:t,attrs:s}=n,{equation:o}=s,a=e,{allDims:r,summedDims:c,idDims:i}=uc(o,a.length);lc(r.length,i,a);const{path:u,steps:l}=dc(c,i),d=l.length;let p=null,h=r.length;const f=[];for(let x=0;x<d;++x){for(const g of l[x]){const{permutationIndices:m,expandDims:C}=pc(h,i[g]);let $;hc(m)?$=a[g]:($=M({inputs:{x:a[g]},backend:t,attrs:{perm:m}}),f.push($));const v=$.shape.slice();for(let R=0;R<C.length;++R)v.splice(C[R],0,1);z($.shape,v)||($=y({inputs:{x:$},backend:t,attrs:{shape:v}}),f.push($)),p===null?p=$:(p=cn({inputs:{a:$,b:p},backend:t}),f.push(p))}x<d-1&&(u[x]>=0&&(p=Tt({inputs:{x:p},backend:t,attrs:{axis:u[x]-(r.length-h),keepDims:!1}}),f.push(p)),h--)}for(const x of f)x!==p&&t.disposeIntermediateTensorInfo(x);return p}const yf={kernelName:ja,backendName:"webgl",kernelFunc:Rf};const wf="return (x >= 0.0) ? x : (exp(x) - 1.0);",Sf=`
  vec4 result;

  result.r = (x.r >= 0.0) ? x.r : (exp(x.r) - 1.0);
  result.g = (x.g >= 0.0) ? x.g : (exp(x.g) - 1.0);
  result.b = (x.b >= 0.0) ? x.b : (exp(x.b) - 1.0);
  result.a = (x.a >= 0.0) ? x.a : (exp(x.a) - 1.0);

  return result;
`,Tf=A({opSnippet:wf,packedOpSnippet:Sf}),If={kernelName:qa,backendName:"webgl",kernelFunc:Tf};const Nf="return (b >= 0.0) ? a : a * (b + 1.0);",Ef=`
  vec4 bGTEZero = vec4(greaterThanEqual(b, vec4(0.)));
  return (bGTEZero * a) + ((vec4(1.0) - bGTEZero) * (a * (b + vec4(1.0))));
`,kf=n=>{const{inputs:e,backend:t}=n,{dy:s,y:o}=e,a=b().getBool("WEBGL_PACK_BINARY_OPERATIONS")?new Ue(Ef,s.shape,o.shape):new Re(Nf,s.shape,o.shape);return t.runWebGLProgram(a,[s,o],s.dtype)},Of={kernelName:Ya,backendName:"webgl",kernelFunc:kf};const Af=`
  return vec4(equal(a, b));
`,Pf="return float(a == b);",Df=B({opSnippet:Pf,packedOpSnippet:Af,dtype:"bool",cpuKernelImpl:ll}),Ff={kernelName:Qa,backendName:"webgl",kernelFunc:Df};const _f=`
  // Error function is calculated approximately with elementary function.
  // See "Handbook of Mathematical Functions with Formulas,
  // Graphs, and Mathematical Tables", Abramowitz and Stegun.
  float p = ${fc};
  float a1 = ${mc};
  float a2 = ${xc};
  float a3 = ${gc};
  float a4 = ${Cc};
  float a5 = ${bc};

  float sign = sign(x);
  x = abs(x);
  float t = 1.0 / (1.0 + p * x);
  return sign * (1.0 - (((((a5*t + a4)*t) + a3)*t + a2)*t + a1)*t*exp(-x*x));
`,Lf=A({opSnippet:_f}),Bf={kernelName:Ja,backendName:"webgl",kernelFunc:Lf};const Vf=We+`
  return exp(x);
`,Uf=`
  vec4 result = exp(x);
  bvec4 isNaN = isnan(x);
  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`,mo=A({opSnippet:Vf,packedOpSnippet:Uf,cpuKernelImpl:dl,dtype:"float32"}),Wf={kernelName:Za,backendName:"webgl",kernelFunc:mo};function Ut(n){const{inputs:e,attrs:t,backend:s}=n,{dim:o}=t,{input:a}=e,r=a.shape.length,c=a.shape.slice();let i=o;return o<0&&(P(-(r+1)<=o,()=>`Axis must be in the interval [${-(r+1)}, ${r}]`),i=r+o+1),c.splice(i,0,1),y({inputs:{x:a},backend:s,attrs:{shape:c}})}const Mf={kernelName:er,backendName:"webgl",kernelFunc:Ut};const Ln="return exp(x) - 1.0;",Gf=A({opSnippet:Ln,packedOpSnippet:Ln,cpuKernelImpl:pl}),zf={kernelName:tr,backendName:"webgl",kernelFunc:Gf};class Bn{constructor(e,t,s){this.variableNames=["real","imag"];const o=t[1];this.outputShape=t;const a=s?`2.0 * ${Math.PI}`:`-2.0 * ${Math.PI}`,r=s?`${o}.0`:"1.0";let c;if(e==="real")c="return real * expR - imag * expI;";else if(e==="imag")c="return real * expI + imag * expR;";else throw new Error(`FFT component must be either "real" or "imag", got ${e}.`);this.userCode=`
      const float exponentMultiplier = ${a};

      float unaryOpComplex(float real, float expR, float imag, float expI) {
        ${c}
      }

      float mulMatDFT(int batch, int index) {
        float indexRatio = float(index) / float(${o});
        float exponentMultiplierTimesIndexRatio =
            exponentMultiplier * indexRatio;

        float result = 0.0;

        for (int i = 0; i < ${o}; i++) {
          // x = (-2|2 * PI / N) * index * i;
          float x = exponentMultiplierTimesIndexRatio * float(i);
          float expR = cos(x);
          float expI = sin(x);
          float real = getReal(batch, i);
          float imag = getImag(batch, i);

          result +=
              unaryOpComplex(real, expR, imag, expI) / ${r};
        }

        return result;
      }

      void main() {
        ivec2 coords = getOutputCoords();
        setOutput(mulMatDFT(coords[0], coords[1]));
      }
    `}}function xo(n,e,t){const s=t.texData.get(n.dataId),o=E(n.shape),a=n.shape[n.shape.length-1],r=o/a,c=y({inputs:{x:n},backend:t,attrs:{shape:[r,a]}}),i=c.shape,u=new Bn("real",i,e),l=new Bn("imag",i,e),d=[{dataId:s.complexTensorInfos.real.dataId,dtype:s.complexTensorInfos.real.dtype,shape:i},{dataId:s.complexTensorInfos.imag.dataId,dtype:s.complexTensorInfos.imag.dtype,shape:i}],p=t.runWebGLProgram(u,d,"float32"),h=t.runWebGLProgram(l,d,"float32"),f=me({inputs:{real:p,imag:h},backend:t});t.disposeIntermediateTensorInfo(p),t.disposeIntermediateTensorInfo(h);const x=y({inputs:{x:f},backend:t,attrs:{shape:n.shape}});return t.disposeIntermediateTensorInfo(c),t.disposeIntermediateTensorInfo(f),x}function Hf(n){const{inputs:e,backend:t}=n,{input:s}=e;return xo(s,!1,t)}const Xf={kernelName:nr,backendName:"webgl",kernelFunc:Hf};class Kf{constructor(e,t){this.outputShape=[],this.customUniforms=[{name:"value",type:"float"}],this.variableNames=["x"],this.outputShape=e,this.userCode=`
      void main() {
        // Input can be obtained from uniform value.
        setOutput(value);
      }
    `}}function ot(n){const{backend:e,attrs:t}=n,{shape:s,value:o}=t;let{dtype:a}=t;if(a=a||or(o),a==="string"){const r=ar(a,E(s));return r.fill(o),e.makeTensorInfo(s,a,r)}else{const r=new Kf(s,o),c=[[o]];return e.runWebGLProgram(r,[],a,c)}}const jf={kernelName:sr,backendName:"webgl",kernelFunc:ot};class qf{constructor(e){this.variableNames=["Image"],this.outputShape=[];const t=e[2];this.outputShape=e,this.userCode=`
        void main() {
          ivec4 coords = getOutputCoords();
          int x = coords[2];

          int coordX = ${t} - x - 1;
          float outputValue;
          if(coordX >= 0 && coordX < ${t}) {
            outputValue = getImage(coords[0], coords[1], coordX, coords[3]);
          } else {
            outputValue = getImage(coords[0], coords[1], coords[2], coords[3]);
          }
          setOutput(outputValue);
        }
    `}}const Yf={kernelName:rr,backendName:"webgl",kernelFunc:({inputs:n,backend:e})=>{const{image:t}=n,s=e,o=new qf(t.shape);return s.runWebGLProgram(o,[t],t.dtype)}};const Vn="return floor(x);",Qf=A({opSnippet:Vn,packedOpSnippet:Vn,cpuKernelImpl:hl}),Jf={kernelName:ir,backendName:"webgl",kernelFunc:Qf};const Zf=`
  float s = sign(a) * sign(b);
  int ia = round(a);
  int ib = round(b);
  if (ib != 0) {
    // Windows (D3D) wants guaranteed non-zero int division at compile-time.
    return float(idiv(ia, ib, s));
  } else {
    return NAN;
  }
`,em=`
  ivec4 ia = round(a);
  ivec4 ib = round(b);
  bvec4 cond = notEqual(ib, ivec4(0));
  ivec4 result = ivec4(0);
  vec4 s = sign(a) * sign(b);

  // Windows (D3D) wants guaranteed non-zero int division at compile-time.
  if (cond[0]) {
    result[0] = idiv(ia[0], ib[0], s[0]);
  }
  if (cond[1]) {
    result[1] = idiv(ia[1], ib[1], s[1]);
  }
  if (cond[2]) {
    result[2] = idiv(ia[2], ib[2], s[2]);
  }
  if (cond[3]) {
    result[3] = idiv(ia[3], ib[3], s[3]);
  }
  return vec4(result);
`,tm=B({opSnippet:Zf,packedOpSnippet:em,dtype:"int32"}),nm={kernelName:cr,backendName:"webgl",kernelFunc:tm};class sm{constructor(e){this.variableNames=["A"];const t=G(),[s,o]=e;this.outputShape=e,this.userCode=`
      void main() {
        ivec3 coords = getOutputCoords();
        int texR = coords[0];
        int texC = coords[1];
        int depth = coords[2];
        vec2 uv = (vec2(texC, texR) + halfCR) / vec2(${o}.0, ${s}.0);

        vec4 values = ${t.texture2D}(A, uv);
        float value;
        if (depth == 0) {
          value = values.r;
        } else if (depth == 1) {
          value = values.g;
        } else if (depth == 2) {
          value = values.b;
        } else if (depth == 3) {
          value = values.a;
        }

        setOutput(floor(value * 255.0 + 0.5));
      }
    `}}class om{constructor(e){this.variableNames=["A"],this.packedInputs=!1,this.packedOutput=!0;const t=G(),[s,o]=e;this.outputShape=e,this.userCode=`
      void main() {
        ivec3 coords = getOutputCoords();
        int texR = coords[0];
        int texC = coords[1];
        int depth = coords[2];

        vec4 result = vec4(0.);

        for(int row=0; row<=1; row++) {
          for(int col=0; col<=1; col++) {
            texC = coords[1] + row;
            depth = coords[2] + col;

            vec2 uv = (vec2(texC, texR) + halfCR) /
                       vec2(${o}.0, ${s}.0);
            vec4 values = ${t.texture2D}(A, uv);
            float value;
            if (depth == 0) {
              value = values.r;
            } else if (depth == 1) {
              value = values.g;
            } else if (depth == 2) {
              value = values.b;
            } else if (depth == 3) {
              value = values.a;
            }

            result[row * 2 + col] = floor(value * 255.0 + 0.5);
          }
        }

        ${t.output} = result;
      }
    `}}const am={kernelName:ur,backendName:"webgl",kernelFunc:rm};let ke,Ot=b().getBool("CANVAS2D_WILL_READ_FREQUENTLY_FOR_GPU");function rm(n){const{inputs:e,backend:t,attrs:s}=n;let{pixels:o}=e;const{numChannels:a}=s,r=typeof HTMLVideoElement<"u"&&o instanceof HTMLVideoElement,c=typeof HTMLImageElement<"u"&&o instanceof HTMLImageElement,[i,u]=r?[o.videoWidth,o.videoHeight]:[o.width,o.height],l=[u,i],d=[u,i,a];if(c||r){const x=b().getBool("CANVAS2D_WILL_READ_FREQUENTLY_FOR_GPU");(ke==null||x!==Ot)&&(Ot=x,ke=document.createElement("canvas").getContext("2d",{willReadFrequently:Ot})),ke.canvas.width=i,ke.canvas.height=u,ke.drawImage(o,0,0,i,u),o=ke.canvas}const p=t.makeTensorInfo(l,"int32");t.texData.get(p.dataId).usage=Y.PIXELS,t.gpgpu.uploadPixelDataToTexture(t.getTexture(p.dataId),o);const h=b().getBool("WEBGL_PACK")?new om(d):new sm(d),f=t.runWebGLProgram(h,[p],"int32");return t.disposeData(p.dataId),f}function im(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,filter:a,bias:r,preluActivationWeights:c}=e,{strides:i,pad:u,dataFormat:l,dilations:d,dimRoundingMode:p,activation:h,leakyreluAlpha:f}=s,x=Rt(l),g=fe(o.shape,a.shape,i,d,u,p,!1,x);let m;const C=[],$=r!=null,v=c!=null,R=h==="leakyrelu",N=()=>{const S=[o,a],O=(k,F)=>{if(F==="NCHW"&&k.shape.length===1&&k.shape[0]!==1){const _=y({inputs:{x:k},backend:t,attrs:{shape:[k.shape[0],1,1]}});return C.push(_),_}return k};if($&&S.push(O(r,l)),v&&S.push(O(c,l)),R){const k=t.makeTensorInfo([],"float32",Je(f,"float32"));S.push(k),C.push(k)}return S};if(g.filterHeight===1&&g.filterWidth===1&&g.dilationHeight===1&&g.dilationWidth===1&&g.strideHeight===1&&g.strideWidth===1&&(g.padInfo.type==="SAME"||g.padInfo.type==="VALID"))m=uo({x:o,filter:a,convInfo:g,backend:t,bias:r,activation:h,preluActivationWeights:c,leakyreluAlpha:f});else if(g.strideWidth<=2&&x==="channelsLast"&&b().getBool("WEBGL_EXP_CONV")){const S=h?qe(h,!0):null,O=new co(g,$,S,v,R),k=[[g.padInfo.top,g.padInfo.left],[g.strideHeight,g.strideWidth],[g.dilationHeight,g.dilationWidth],[g.inHeight,g.inWidth]],F=N();m=t.runWebGLProgram(O,F,"float32",k)}else if(b().getBool("WEBGL_CONV_IM2COL"))m=lo({x:o,filter:a,convInfo:g,backend:t,bias:r,activation:h,preluActivationWeights:c,leakyreluAlpha:f});else{const S=h?qe(h,!1):null,O=new io(g,$,S,v,R),k=N();m=t.runWebGLProgram(O,k,"float32")}const I=y({inputs:{x:m},backend:t,attrs:{shape:g.outShape}});return C.push(m),C.forEach(S=>t.disposeIntermediateTensorInfo(S)),I}const cm={kernelName:lr,backendName:"webgl",kernelFunc:im};function um(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,filter:a,bias:r,preluActivationWeights:c}=e,{strides:i,pad:u,dilations:l,dimRoundingMode:d,activation:p,leakyreluAlpha:h}=s,f=[];let x=l;x==null&&(x=[1,1]),P(Ze(i,x),()=>`Error in depthwiseConv2d: Either strides or dilations must be 1. Got strides ${i} and dilations '${x}'`);const g=fe(o.shape,a.shape,i,x,u,d,!0),m=b().getBool("WEBGL_PACK_DEPTHWISECONV")&&g.strideWidth<=2&&g.outChannels/g.inChannels===1,C=p?qe(p,m):null,$=[o,a],v=r!=null,R=c!=null,N=p==="leakyrelu";if(v&&$.push(r),R&&$.push(c),N){const k=t.makeTensorInfo([],"float32",Je(h,"float32"));$.push(k),f.push(k)}let I;m?I=new fo(g,v,C,R,N):I=new ho(g,v,C,R,N);const S=[[g.padInfo.top,g.padInfo.left],[g.strideHeight,g.strideWidth],[g.dilationHeight,g.dilationWidth],[g.inHeight,g.inWidth]],O=t.runWebGLProgram(I,$,"float32",S);return f.forEach(k=>t.disposeIntermediateTensorInfo(k)),O}const lm={kernelName:dr,backendName:"webgl",kernelFunc:um};class dm{constructor(e,t,s,o){this.sliceDim=e,this.strides=t,this.paramsShape=o,this.variableNames=["x","indices"],this.outputShape=s;const a=D(s.length);let r=`
    int index;`;for(let c=0;c<this.sliceDim;c++)r+=`
          index = round(getIndices(coords[0], ${c}));
          out_of_bounds = out_of_bounds || index < 0;
          out_of_bounds = out_of_bounds || index >= ${this.paramsShape[c]};
          flattenIndex += index * ${this.strides[c]};`;this.userCode=`
         void main() {
          ${a} coords = getOutputCoords();
          int flattenIndex = 0;
          bool out_of_bounds = false;

          ${r}

          setOutput(out_of_bounds ? 0.0 : getX(flattenIndex, coords[1]));
        }
      `}}function pm(n){const{inputs:e,backend:t}=n,{params:s,indices:o}=e,a=o.shape,r=a[a.length-1],c=E(s.shape),[i,u,l,d]=vc(s,o),p=y({inputs:{x:o},backend:t,attrs:{shape:[u,r]}}),h=y({inputs:{x:s},backend:t,attrs:{shape:[E(s.shape)/l,l]}});if(t.shouldExecuteOnCPU([s,o])||s.dtype==="string"){const m=t.readSync(o.dataId),C=t.bufferSync(s),$=fl(m,C,s.dtype,u,r,l,d,s.shape,c);return t.makeTensorInfo(i,s.dtype,$.values)}const f=new dm(r,d,[u,l],s.shape),x=t.runWebGLProgram(f,[h,p],h.dtype),g=y({inputs:{x},backend:t,attrs:{shape:i}});return t.disposeIntermediateTensorInfo(p),t.disposeIntermediateTensorInfo(h),t.disposeIntermediateTensorInfo(x),g}const hm={kernelName:pr,backendName:"webgl",kernelFunc:pm};class fm{constructor(e,t){this.variableNames=["A","indices"],this.outputShape=t,this.rank=t.length;const s=D(this.rank),o=mm(e);this.userCode=`
      void main() {
        ${s} resRC = getOutputCoords();
        int index = int(getIndices(resRC.x, resRC.z));
        float inBounds = (index >= 0) && (index < ${e[2]}) ? 1.0 : 0.0;
        setOutput(inBounds * getA(${o}));
      }
    `}}function mm(n,e){const t=["resRC.x","resRC.y","resRC.z","resRC.w"],s=[];for(let o=0;o<n.length;o++)o===2?s.push("index"):s.push(`${t[o]}`);return s.join()}function go(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,indices:a}=e,{axis:r,batchDims:c}=s,i=K(r,o.shape)[0];if(b().get("DEBUG")){const C=t.readSync(a.dataId),$=o.shape[i];for(let v=0;v<C.length;++v){const R=C[v];P(R<=$-1&&R>=0,()=>`GatherV2: the index value ${R} is not in [0, ${$-1}]`)}}const u=$c(o,a,i,c),l=E(a.shape),d=[],p=y({inputs:{x:o},backend:t,attrs:{shape:[u.batchSize,u.outerSize,u.dimSize,u.sliceSize]}}),h=y({inputs:{x:a},backend:t,attrs:{shape:[u.batchSize,l/u.batchSize]}});d.push(p),d.push(h);const f=[u.batchSize,u.outerSize,l/u.batchSize,u.sliceSize];if(t.shouldExecuteOnCPU([o,a])||o.dtype==="string"){const C=t.bufferSync(h),$=t.bufferSync(p),v=ml($,C,f);return d.forEach(R=>t.disposeIntermediateTensorInfo(R)),t.makeTensorInfo(u.outputShape,v.dtype,v.values)}const x=new fm(p.shape,f),g=t.runWebGLProgram(x,[p,h],p.dtype);d.push(g);const m=y({inputs:{x:g},backend:t,attrs:{shape:u.outputShape}});return d.forEach(C=>t.disposeIntermediateTensorInfo(C)),m}const xm={kernelName:hr,backendName:"webgl",kernelFunc:go};const gm="return float(a > b);",Cm=`
  return vec4(greaterThan(a, b));
`,bm=B({opSnippet:gm,packedOpSnippet:Cm,cpuKernelImpl:xl,dtype:"bool"}),vm={kernelName:fr,backendName:"webgl",kernelFunc:bm};const $m="return float(a >= b);",Rm=`
  return vec4(greaterThanEqual(a, b));
`,ym=B({opSnippet:$m,packedOpSnippet:Rm,dtype:"bool",cpuKernelImpl:gl}),wm={kernelName:mr,backendName:"webgl",kernelFunc:ym};function Sm(n){const{inputs:e,backend:t}=n,{input:s}=e;return xo(s,!0,t)}const Tm={kernelName:xr,backendName:"webgl",kernelFunc:Sm};const Im="return float(!isnan(x) && !isinf(x));",Nm=A({opSnippet:Im,dtype:"bool"}),Em={kernelName:gr,backendName:"webgl",kernelFunc:Nm};const km="return float(isinf(x));",Om=A({opSnippet:km,dtype:"bool"}),Am={kernelName:Cr,backendName:"webgl",kernelFunc:Om};const Pm="return float(isnan(x));",Dm=A({opSnippet:Pm,dtype:"bool"}),Fm={kernelName:br,backendName:"webgl",kernelFunc:Dm};const _m="return float(a < b);",Lm=`
  return vec4(lessThan(a, b));
`,Bm=B({opSnippet:_m,packedOpSnippet:Lm,cpuKernelImpl:Cl,dtype:"bool"}),Vm={kernelName:vr,backendName:"webgl",kernelFunc:Bm};const Um="return float(a <= b);",Wm=`
  return vec4(lessThanEqual(a, b));
`,Mm=B({opSnippet:Um,packedOpSnippet:Wm,cpuKernelImpl:bl,dtype:"bool"}),Gm={kernelName:$r,backendName:"webgl",kernelFunc:Mm};function zm(n){const{backend:e,attrs:t}=n,{start:s,stop:o,num:a}=t,r=vl(s,o,a);return e.makeTensorInfo([r.length],"float32",r)}const Hm={kernelName:Rr,backendName:"webgl",kernelFunc:zm};const Xm=We+`
  return x < 0.0 ? 0./0. : log(x);
`,Km=`
  vec4 result = log(x);
  bvec4 isNaN = isnan(x);
  result.r = isNaN.r ? x.r : (x.r < 0.0 ? 0./0. : result.r);
  result.g = isNaN.g ? x.g : (x.g < 0.0 ? 0./0. : result.g);
  result.b = isNaN.b ? x.b : (x.b < 0.0 ? 0./0. : result.b);
  result.a = isNaN.a ? x.a : (x.a < 0.0 ? 0./0. : result.a);
  return result;
`,jm=A({opSnippet:Xm,packedOpSnippet:Km,cpuKernelImpl:$l}),qm={kernelName:yr,backendName:"webgl",kernelFunc:jm};const Ym=We+`
  return log(1.0 + x);
`,Qm=A({opSnippet:Ym}),Jm={kernelName:wr,backendName:"webgl",kernelFunc:Qm};const Zm="return float(a >= 1.0 && b >= 1.0);",ex=`
  return vec4(
    vec4(greaterThanEqual(a, vec4(1.0))) *
    vec4(greaterThanEqual(b, vec4(1.0))));
`,tx=B({opSnippet:Zm,packedOpSnippet:ex,dtype:"bool"}),nx={kernelName:Sr,backendName:"webgl",kernelFunc:tx};const sx="return float(!(x >= 1.0));",ox=A({opSnippet:sx}),ax={kernelName:Tr,backendName:"webgl",kernelFunc:ox};const rx="return float(a >= 1.0 || b >= 1.0);",ix=`
  return min(
    vec4(greaterThanEqual(a, vec4(1.0))) +
    vec4(greaterThanEqual(b, vec4(1.0))),
    vec4(1.0));
`,cx=B({opSnippet:rx,packedOpSnippet:ix,dtype:"bool"}),ux={kernelName:Ir,backendName:"webgl",kernelFunc:cx};class lx{constructor(e,t,s,o,a){this.variableNames=["x"],this.outputShape=[];const r=t,c=e[3]-1;this.outputShape=e;let i;const u=`float(${s}) + float(${o}) * sum`;a===.5?i=`inversesqrt(${u})`:a===1?i=`1.0/(${u})`:i=`exp(log(${u}) * float(-${a}));`,this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int r = coords[1];
        int c = coords[2];
        int d = coords[3];
        float x = getX(b, r, c, d);
        float sum = 0.0;
        for (int j = -${r}; j <= ${r}; j++) {
          int idx = d + j;
          if (idx >= 0 && idx <=  ${c}) {
            float z = getX(b, r, c, idx);
            sum += z * z;
          }
        }
        float val = x * ${i};
        setOutput(val);
      }
    `}}class dx{constructor(e,t,s,o,a){this.variableNames=["x"],this.outputShape=[],this.packedInputs=!0,this.packedOutput=!0;const r=t,c=e[3]-1;this.outputShape=e;let i;const u=`float(${s}) + float(${o}) * sum`;a===.5?i=`inversesqrt(${u})`:a===1?i=`1.0/(${u})`:i=`exp(log(${u}) * float(-${a}));`,this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords.x;
        int r = coords.y;
        int c = coords.z;
        int d = coords.w;

        bool hasNextCol = d < ${this.outputShape[3]};
        bool hasNextRow = c < ${this.outputShape[2]};

        vec4 sum = vec4(0.);
        vec4 xFragAtOutputCoords = getX(b, r, c, d);

        vec4 xAtOutputCoords = vec4(
          getChannel(xFragAtOutputCoords, vec2(c, d)),
          hasNextCol ?
            getChannel(xFragAtOutputCoords, vec2(c, d + 1)) : 0.0,
          hasNextRow ?
            getChannel(xFragAtOutputCoords , vec2(c + 1, d)) : 0.0,
          (hasNextRow && hasNextCol) ?
            getChannel(xFragAtOutputCoords, vec2(c + 1, d + 1)) : 0.0
        );

        int firstChannel = d - ${r};
        vec2 cache = vec2(0.);
        if(firstChannel >= 0){
          vec4 firstChannelFrag = getX(b, r, c, firstChannel);
          cache.x = getChannel(firstChannelFrag, vec2(c, firstChannel));
            if(hasNextRow){
              cache.y = getChannel(firstChannelFrag, vec2(c + 1, firstChannel));
            }
        }

        ivec2 depth = ivec2(d, d + 1);
        for (int j = - ${r}; j <= ${r}; j++) {
          ivec2 idx = depth + j;
          bvec2 aboveLowerBound = greaterThanEqual(idx, ivec2(0));
          bvec2 belowUpperBound = lessThanEqual(idx, ivec2(${c}));

          bool depthInRange = aboveLowerBound.x && belowUpperBound.x;
          bool depthPlusOneInRange = aboveLowerBound.y && belowUpperBound.y;

          if(depthInRange || depthPlusOneInRange){
            vec4 z = vec4(0.);
            vec4 xFragAtCurrentDepth;
            z.xz = cache.xy;
            if(depthPlusOneInRange && hasNextCol){
              xFragAtCurrentDepth = idx.y != d ?
                getX(b, r, c, idx.y) : xFragAtOutputCoords;
              z.y = getChannel(xFragAtCurrentDepth, vec2(c, idx.y));
              if(hasNextRow){
                z.w = getChannel(xFragAtCurrentDepth, vec2(c + 1, idx.y));
              }
            }
            cache.xy = z.yw;
            sum += z * z;
          }
        }
        vec4 result = xAtOutputCoords * ${i};
        setOutput(result);
      }
    `}}const px=n=>{const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{depthRadius:a,bias:r,alpha:c,beta:i}=s,u=b().getBool("WEBGL_PACK_NORMALIZATION")?new dx(o.shape,a,r,c,i):new lx(o.shape,a,r,c,i);return t.runWebGLProgram(u,[o],o.dtype)},hx={kernelName:Nr,backendName:"webgl",kernelFunc:px};class fx{constructor(e,t,s,o,a){this.variableNames=["inputImage","outputImage","dy"],this.outputShape=[],this.outputShape=e,this.depth=e[3],this.depthRadius=t,this.bias=s,this.alpha=o,this.beta=a,this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int r = coords[1];
        int c = coords[2];

        float result = 0.0;
        for (int d = 0; d < ${this.depth}; ++d) {
          int depthBegin = int(max(0.0, float(d - ${t})));
          int depthEnd = int(min(float(${this.depth}),
              float(d + ${t} + 1)));

          const int MIN_DEPTH_BEGIN = 0;
          const int MAX_DEPTH_END = ${this.depth};

          float norm = 0.0;
          for (int k = MIN_DEPTH_BEGIN; k < MAX_DEPTH_END; ++k) {
            if (k < depthBegin){
              continue;
            }
            else if (k >= depthBegin && k < depthEnd) {
              norm += getInputImage(b, r, c, k) * getInputImage(b, r, c, k);
            }
            else {
              break;
            }
          }

          norm = float(${o}) * norm + float(${s});

          for(int k = MIN_DEPTH_BEGIN; k < MAX_DEPTH_END; ++k){
            if (k < depthBegin){
              continue;
            }
            else if (k >= depthBegin && k < depthEnd){
              float dyi = -2.0 * float(${o})
                * float(${a})
                * getInputImage(b, r, c, k) * getOutputImage(b, r, c, d)
                / norm;
              if (k == d) {
                dyi += pow(norm, -1.0 * ${a});
              }
              if (k == coords[3]) {
                dyi *= getDy(b, r, c, d);
                result += dyi;
              }
            }
            else {
              break;
            }
          }
      }
      setOutput(result);
      }
    `}}const mx=n=>{const{inputs:e,backend:t,attrs:s}=n,{x:o,y:a,dy:r}=e,{depthRadius:c,bias:i,alpha:u,beta:l}=s,d=new fx(o.shape,c,i,u,l);return t.runWebGLProgram(d,[o,a,r],o.dtype)},xx={kernelName:Er,backendName:"webgl",kernelFunc:mx};function gx(n,e,t,s){const o=E(e),r=E(n.shape)/o,c=y({inputs:{x:n},attrs:{shape:[r,o]},backend:s}),i=Ie(c,n.dtype,"max",s),u=y({inputs:{x:i},attrs:{shape:t},backend:s});return s.disposeIntermediateTensorInfo(c),s.disposeIntermediateTensorInfo(i),u}function Co(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{reductionIndices:a,keepDims:r}=s,c=o.shape.length,i=K(a,o.shape);let u=i;const l=ne(u,c),d=l!=null,p=t.shouldExecuteOnCPU([o]);let h=o;if(d){if(p){const $=t.texData.get(h.dataId).values,v=new Array(c);for(let I=0;I<v.length;I++)v[I]=o.shape[l[I]];const R=an($,o.shape,o.dtype,l,v);h=t.makeTensorInfo(v,o.dtype);const N=t.texData.get(h.dataId);N.values=R}else h=St(o,l,t);u=se(u.length,c)}re("max",u,c);const[f,x]=pe(h.shape,u);let g=f;r&&(g=he(f,i));let m;if(p){const $=t.texData.get(h.dataId).values,v=Rl($,E(x),g,o.dtype);m=t.makeTensorInfo(g,o.dtype);const R=t.texData.get(m.dataId);R.values=v}else m=gx(h,x,g,t);return d&&t.disposeIntermediateTensorInfo(h),m}const Cx={kernelName:kr,backendName:"webgl",kernelFunc:Co};const bx=rn+`
  return max(a, b);
`,vx=`
  vec4 result = vec4(max(a, b));
  bvec4 isNaNA = isnan(a);
  bvec4 isNaNB = isnan(b);
  bvec4 isNaN = bvec4(isNaNA.x || isNaNB.x, isNaNA.y || isNaNB.y, isNaNA.z || isNaNB.z, isNaNA.w || isNaNB.w);
  `+Te+`
  return result;
`,$x=B({opSnippet:bx,packedOpSnippet:vx,cpuKernelImpl:yl}),Rx={kernelName:Or,backendName:"webgl",kernelFunc:$x};function yx(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e;Fe(o,"maxPool");const{filterSize:a,strides:r,pad:c,dimRoundingMode:i}=s,u=1;P(Ze(r,u),()=>`Error in maxPool: Either strides or dilations must be 1. Got strides ${r} and dilations '${u}'`);const l=et(o.shape,a,r,u,c,i);if(l.filterWidth===1&&l.filterHeight===1&&z(l.inShape,l.outShape))return X({inputs:{x:o},backend:t});const d=new Ye(l,"max",!1);return t.runWebGLProgram(d,[o],o.dtype)}const wx={kernelName:Ar,backendName:"webgl",kernelFunc:yx};function Sx(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{filterSize:a,strides:r,pad:c,dataFormat:i,dimRoundingMode:u}=s,l=[1,1,1],d=$t(o.shape,a,r,l,c,u,i),p=new un(d,"max",!1);return t.runWebGLProgram(p,[o],o.dtype)}const Tx={kernelName:Pr,backendName:"webgl",kernelFunc:Sx};class Ix{constructor(e){this.variableNames=["dy","maxPos"],this.outputShape=e.inShape;const t=e.strideHeight,s=e.strideWidth,o=e.dilationHeight,a=e.effectiveFilterHeight,r=e.effectiveFilterWidth,c=a-1-e.padInfo.top,i=r-1-e.padInfo.left,u=a*r-1;this.userCode=`
      const ivec2 pads = ivec2(${c}, ${i});

      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];

        ivec2 dyRCCorner = coords.yz - pads;
        int dyRCorner = dyRCCorner.x;
        int dyCCorner = dyRCCorner.y;

        // Convolve dy(?, ?, d) with pos mask(:, :, d) to get dx(xR, xC, d).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;
        for (int wR = 0; wR < ${a};
          wR += ${o}) {
          float dyR = float(dyRCorner + wR) / ${t}.0;

          if (dyR < 0.0 || dyR >= ${e.outHeight}.0 || fract(dyR) > 0.0) {
            continue;
          }
          int idyR = int(dyR);

          for (int wC = 0; wC < ${r}; wC++) {
            float dyC = float(dyCCorner + wC) / ${s}.0;

            if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                fract(dyC) > 0.0) {
              continue;
            }
            int idyC = int(dyC);

            float dyValue = getDy(b, idyR, idyC, d);
            int maxPosValue = ${u} - int(getMaxPos(b, idyR, idyC, d));

            // Get the current value, check it against the value from the
            // position matrix.
            int curPosValue = wR * ${r} + wC;
            float mask = float(maxPosValue == curPosValue ? 1.0 : 0.0);

            dotProd += dyValue * mask;
          }
        }
        setOutput(dotProd);
      }
    `}}class Nx{constructor(e){this.variableNames=["dy","maxPos"],this.outputShape=e.inShape;const t=e.strideDepth,s=e.strideHeight,o=e.strideWidth,a=e.dilationDepth,r=e.dilationHeight,c=e.dilationWidth,i=e.effectiveFilterDepth,u=e.effectiveFilterHeight,l=e.effectiveFilterWidth,d=i-1-e.padInfo.front,p=u-1-e.padInfo.top,h=l-1-e.padInfo.left,f=i*u*l-1;this.userCode=`
      const ivec3 pads = ivec3(${d}, ${p}, ${h});

      void main() {
        ivec5 coords = getOutputCoords();
        int batch = coords.x;
        int ch = coords.u;

        ivec3 dyCorner = ivec3(coords.y, coords.z, coords.w) - pads;
        int dyDCorner = dyCorner.x;
        int dyRCorner = dyCorner.y;
        int dyCCorner = dyCorner.z;

        // Convolve dy(?, ?, ?, ch) with pos mask(:, :, :, d) to get
        // dx(xD, xR, xC, ch).
        // ? = to be determined. : = across all values in that axis.
        float dotProd = 0.0;

        for (int wD = 0; wD < ${i};
           wD += ${a}) {
          float dyD = float(dyDCorner + wD) / ${t}.0;

          if (dyD < 0.0 || dyD >= ${e.outDepth}.0 || fract(dyD) > 0.0) {
            continue;
          }
          int idyD = int(dyD);

          for (int wR = 0; wR < ${u};
              wR += ${r}) {
            float dyR = float(dyRCorner + wR) / ${s}.0;

            if (dyR < 0.0 || dyR >= ${e.outHeight}.0 ||
                fract(dyR) > 0.0) {
              continue;
            }
            int idyR = int(dyR);

            for (int wC = 0; wC < ${l};
                wC += ${c}) {
              float dyC = float(dyCCorner + wC) / ${o}.0;

              if (dyC < 0.0 || dyC >= ${e.outWidth}.0 ||
                  fract(dyC) > 0.0) {
                continue;
              }
              int idyC = int(dyC);

              float dyValue = getDy(batch, idyD, idyR, idyC, ch);
              int maxPosValue = ${f} -
                  int(getMaxPos(batch, idyD, idyR, idyC, ch));

              // Get the current value, check it against the value from the
              // position matrix.
              int curPosValue =
                  wD * ${u} * ${l} +
                  wR * ${l} + wC;
              float mask = float(maxPosValue == curPosValue ? 1.0 : 0.0);

              dotProd += dyValue * mask;
            }
          }
        }
        setOutput(dotProd);
      }
    `}}function Ex(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,input:a}=e,r=a,{filterSize:c,strides:i,pad:u,dimRoundingMode:l}=s,d=[1,1,1],p=$t(r.shape,c,i,d,u,l),h=new un(p,"max",!0),f=t.runWebGLProgram(h,[r],r.dtype),x=new Nx(p),g=t.runWebGLProgram(x,[o,f],r.dtype);return t.disposeIntermediateTensorInfo(f),g}const kx={kernelName:Dr,backendName:"webgl",kernelFunc:Ex};function Ox(n){const{inputs:e,backend:t,attrs:s}=n,{dy:o,input:a,output:r}=e,c=a;Fe([a,r],"maxPoolGrad");const{filterSize:i,strides:u,pad:l,dimRoundingMode:d}=s,p=et(c.shape,i,u,1,l,d),h=!0,f=new Ye(p,"max",h),x=t.runWebGLProgram(f,[c],c.dtype),g=new Ix(p),m=t.runWebGLProgram(g,[o,x],c.dtype);return t.disposeIntermediateTensorInfo(x),m}const Ax={kernelName:Fr,backendName:"webgl",kernelFunc:Ox};function Px(n,e,t,s){let o=new Ye(t,"max",!1);const a=s.runWebGLProgram(o,[n],"float32");o=new Ye(t,"max",!0,!0,e);const r=s.runWebGLProgram(o,[n],"float32");return[a,r]}const Dx={kernelName:_r,backendName:"webgl",kernelFunc:({inputs:n,attrs:e,backend:t})=>{const{x:s}=n,{filterSize:o,strides:a,pad:r,includeBatchInIndex:c}=e,i=t;P(s.shape.length===4,()=>`Error in maxPool: input must be rank 4 but got rank ${s.shape.length}.`);const u=[1,1];P(Ze(a,u),()=>`Error in maxPool: Either strides or dilations must be 1. Got strides ${a} and dilations '${u}'`);const l=et(s.shape,o,a,u,r),[d,p]=Px(s,c,l,i);return[d,p]}};function Fx(n,e,t,s){const o=E(e),r=E(n.shape)/o,c=y({inputs:{x:n},attrs:{shape:[r,o]},backend:s}),i=Ie(c,"float32","mean",s),u=y({inputs:{x:i},attrs:{shape:t},backend:s});return s.disposeIntermediateTensorInfo(c),s.disposeIntermediateTensorInfo(i),u}const _x={kernelName:Lr,backendName:"webgl",kernelFunc:({inputs:n,attrs:e,backend:t})=>{const{x:s}=n,{keepDims:o,axis:a}=e,r=t,c=s.shape.length,i=K(a,s.shape);let u=i;const l=ne(u,c),d=l!=null,p=r.shouldExecuteOnCPU([s]),h=[];let f=s;if(d){if(p){const v=r.texData.get(f.dataId).values,R=new Array(c);for(let S=0;S<R.length;S++)R[S]=s.shape[l[S]];const N=an(v,s.shape,s.dtype,l,R);f=r.makeTensorInfo(R,s.dtype);const I=r.texData.get(f.dataId);I.values=N}else f=St(s,l,r);h.push(f),u=se(u.length,c)}re("sum",u,c);const[x,g]=pe(f.shape,u);let m=x;o&&(m=he(x,i));const C=Fx(f,g,m,r);for(const $ of h)r.disposeIntermediateTensorInfo($);return C}};function Lx(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,keepDims:r}=s,c=o.shape.length,i=K(a,o.shape);let u=i;const l=ne(u,c);let d=o;l!=null&&(d=M({inputs:{x:o},backend:t,attrs:{perm:l}}),u=se(u.length,o.shape.length)),re("min",u,c);const[p,h]=pe(d.shape,u),f=E(h),x=y({inputs:{x:d},backend:t,attrs:{shape:[-1,f]}}),g=Ie(x,x.dtype,"min",t);let m;if(r){const C=he(p,i);m=y({inputs:{x:g},backend:t,attrs:{shape:C}})}else m=y({inputs:{x:g},backend:t,attrs:{shape:p}});return t.disposeIntermediateTensorInfo(x),t.disposeIntermediateTensorInfo(g),l!=null&&t.disposeIntermediateTensorInfo(d),m}const Bx={kernelName:Br,backendName:"webgl",kernelFunc:Lx};const Vx=rn+`
  return min(a, b);
`,Ux=`
  vec4 result = vec4(min(a, b));
  bvec4 isNaNA = isnan(a);
  bvec4 isNaNB = isnan(b);
  bvec4 isNaN = bvec4(isNaNA.x || isNaNB.x, isNaNA.y || isNaNB.y, isNaNA.z || isNaNB.z, isNaNA.w || isNaNB.w);
  `+Te+`
  return result;
`,Wx=B({opSnippet:Vx,packedOpSnippet:Ux,cpuKernelImpl:wl}),Mx={kernelName:Vr,backendName:"webgl",kernelFunc:Wx};class Gx{constructor(e,t,s){this.variableNames=["x"],this.outputShape=t.map((l,d)=>l[0]+e[d]+l[1]);const o=e.length,a=D(o),r=t.map(l=>l[0]).join(","),c=t.map((l,d)=>l[0]+e[d]).join(","),i=["coords[0]","coords[1]","coords[2]","coords[3]"].slice(0,o),u=s==="reflect"?0:1;if(o===1){this.userCode=`
        int start = ${r};
        int end = ${c};

        void main() {
          int outC = getOutputCoords();
          if (outC < start) {
            outC = start * 2 - outC - ${u};
          } else if(outC >= end) {
            outC = (end - 1) * 2 - outC + ${u};
          }
          setOutput(getX(outC - start));
        }
      `;return}this.userCode=`
      ${a} start = ${a}(${r});
      ${a} end = ${a}(${c});

      void main() {
        ${a} outC = getOutputCoords();
        for (int i = 0; i < ${o}; i++) {
          if (outC[i] < start[i]) {
            outC[i] = start[i] * 2 - outC[i] - ${u};
          } else if(outC[i] >= end[i]) {
            outC[i] = (end[i] - 1) * 2 - outC[i] + ${u};
          }
        }
        ${a} coords = outC - start;
        setOutput(getX(${i}));
      }
    `}}class zx{constructor(e,t,s){this.variableNames=["x"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=t.map((f,x)=>f[0]+e[x]+f[1]);const o=e.length,a=D(o),r=t.map(f=>f[0]).join(","),c=t.map((f,x)=>f[0]+e[x]).join(","),i=W("rc",o),u=W("source",o),l=`${i[o-1]} < ${this.outputShape[o-1]}`,d=o===1?"source":`vec2(${u.slice(-2).join()})`,p=s==="reflect"?0:1;let h="";if(o===1){const f=`
        ${a} source = rc;
        if (source < start) {
          source = start * 2 - source - ${p};
        } else if (source >= end) {
          source = (end - 1) * 2 - source + ${p};
        }
        source -= start;
      `;h=`
        ${a} rc = outputLoc;
        ${f}
        result[0] = getChannel(getX(${u.join()}), ${d});
        ${i[o-1]} += 1;
        if(${l}) {
          ${f}
          result[1] = getChannel(getX(${u.join()}), ${d});
        }
      `}else{const f=`
        ${a} source = rc;
        ${a} lt = ${a}(lessThan(source, start));
        ${a} gte = ${a}(greaterThanEqual(source, end));
        ${a} orig = 1 - (lt + gte);
        source = orig * source +
                lt * (start * 2 - source - ${p}) +
                gte * ((end - 1) * 2 - source + ${p});
        source -= start;
      `;h=`
        ${a} rc = outputLoc;
        ${f}
        result[0] = getChannel(getX(${u.join()}), ${d});
        ${i[o-1]} += 1;
        if(${l}) {
          ${f}
          result[1] = getChannel(getX(${u.join()}), ${d});
        }
        rc = outputLoc;
        ${i[o-2]} += 1;
        if(${i[o-2]} < ${this.outputShape[o-2]}) {
          ${f}
          result[2] = getChannel(getX(${u.join()}), ${d});
          ${i[o-1]} += 1;
          if(${l}) {
            ${f}
            result[3] = getChannel(getX(${u.join()}), ${d});
          }
        }
      `}this.userCode=`
      const ${a} start = ${a}(${r});
      const ${a} end = ${a}(${c});

      void main() {
        ${a} outputLoc = getOutputCoords();
        vec4 result = vec4(0.);
        ${h}
        setOutput(result);
      }
    `}}const Hx=({inputs:n,backend:e,attrs:t})=>{const{x:s}=n,{paddings:o,mode:a}=t,r=b().getBool("WEBGL_PACK_ARRAY_OPERATIONS")?new zx(s.shape,o,a):new Gx(s.shape,o,a);return e.runWebGLProgram(r,[s],s.dtype)},Xx={kernelName:Ur,backendName:"webgl",kernelFunc:Hx};const Kx=`if (b == 0.0) return NAN;
  return mod(a, b);`,jx=`
  vec4 result = mod(a, b);
  bvec4 isNaN = equal(b, vec4(0.0));
  `+Te+`
  return result;
`,qx=B({opSnippet:Kx,packedOpSnippet:jx}),Yx={kernelName:Wr,backendName:"webgl",kernelFunc:qx};class Qx{constructor(e,t,s){this.variableNames=["probs"],this.customUniforms=[{name:"seed",type:"float"}],this.outputShape=[e,s],this.userCode=`
      void main() {
        ivec2 coords = getOutputCoords();
        int batch = coords[0];

        float r = random(seed);
        float cdf = 0.0;

        for (int i = 0; i < ${t-1}; i++) {
          cdf += getProbs(batch, i);

          if (r < cdf) {
            setOutput(float(i));
            return;
          }
        }

        // If no other event happened, last event happened.
        setOutput(float(${t-1}));
      }
    `}}const Jx=`
if (a == b) {
  return 1.0;
};
return a / b;`,Zx=`
  // vec4 one = vec4(equal(a, b));
  // return one + (vec4(1.0) - one) * a / b;
  vec4 result = a / b;
  if(a.x == b.x) {
    result.x = 1.;
  }
  if(a.y == b.y) {
    result.y = 1.;
  }
  if(a.z == b.z) {
    result.z = 1.;
  }
  if(a.w == b.w) {
    result.w = 1.;
  }

  return result;
`,bo=B({opSnippet:Jx,packedOpSnippet:Zx,checkOutOfBounds:!0}),eg={kernelName:Mr,backendName:"webgl",kernelFunc:bo};const Un="return a - b;",vo=B({opSnippet:Un,packedOpSnippet:Un,supportsComplex:!0,cpuKernelImpl:Hl}),tg={kernelName:Gr,backendName:"webgl",kernelFunc:vo};function $o(n){const{inputs:e,backend:t,attrs:s}=n,{logits:o}=e,{dim:a}=s,r=K([a],o.shape),c=Co({inputs:{x:o},backend:t,attrs:{reductionIndices:r,keepDims:!1}}),i=he(c.shape,r),u=y({inputs:{x:c},backend:t,attrs:{shape:i}}),l=vo({inputs:{a:o,b:u},backend:t}),d=mo({inputs:{x:l},backend:t}),p=Tt({inputs:{x:d},backend:t,attrs:{axis:r,keepDims:!1}}),h=y({inputs:{x:p},backend:t,attrs:{shape:i}}),f=bo({inputs:{a:d,b:h},backend:t});return t.disposeIntermediateTensorInfo(c),t.disposeIntermediateTensorInfo(u),t.disposeIntermediateTensorInfo(l),t.disposeIntermediateTensorInfo(d),t.disposeIntermediateTensorInfo(p),t.disposeIntermediateTensorInfo(h),f}const ng={kernelName:zr,backendName:"webgl",kernelFunc:$o};function sg(n){const{inputs:e,backend:t,attrs:s}=n,{logits:o}=e,{numSamples:a,seed:r,normalized:c}=s,i=c?o:$o({inputs:{logits:o},backend:t,attrs:{dim:o.shape.length-1}}),u=i.shape[0],l=i.shape[1],d=new Qx(u,l,a),p=[[r]],h=t.runWebGLProgram(d,[i],"int32",p);return c||t.disposeIntermediateTensorInfo(i),h}const og={kernelName:Hr,backendName:"webgl",kernelFunc:sg};const ag=Z+`
  return -x;
`,rg=`
  vec4 result = -x;
  bvec4 isNaN = isnan(x);

  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`;function ig(n){const{inputs:e,backend:t}=n,{x:s}=e;if(t.shouldExecuteOnCPU([s])){const a=t.texData.get(s.dataId),[r,c]=Tl(a.values,s.shape,s.dtype);return t.makeTensorInfo(c,s.dtype,r)}let o;return b().getBool("WEBGL_PACK_UNARY_OPERATIONS")?o=new de(s.shape,rg):o=new ae(s.shape,ag),t.runWebGLProgram(o,[s],s.dtype)}const cg={kernelName:Xr,backendName:"webgl",kernelFunc:ig};const ug=Oc;function lg(n){vt("tf.nonMaxSuppression() in webgl locks the UI thread. Call tf.nonMaxSuppressionAsync() instead");const{inputs:e,backend:t,attrs:s}=n,{boxes:o,scores:a}=e,{maxOutputSize:r,iouThreshold:c,scoreThreshold:i}=s,u=t.readSync(o.dataId),l=t.readSync(a.dataId),{selectedIndices:d}=ug(u,l,r,c,i);return t.makeTensorInfo([d.length],"int32",new Int32Array(d))}const dg={kernelName:Kr,backendName:"webgl",kernelFunc:lg};const pg=Ac;function hg(n){vt("tf.nonMaxSuppression() in webgl locks the UI thread. Call tf.nonMaxSuppressionAsync() instead");const{inputs:e,backend:t,attrs:s}=n,{boxes:o,scores:a}=e,{maxOutputSize:r,iouThreshold:c,scoreThreshold:i,padToMaxOutputSize:u}=s,l=t.readSync(o.dataId),d=t.readSync(a.dataId),{selectedIndices:p,validOutputs:h}=pg(l,d,r,c,i,u);return[t.makeTensorInfo([p.length],"int32",new Int32Array(p)),t.makeTensorInfo([],"int32",new Int32Array([h]))]}const fg={kernelName:jr,backendName:"webgl",kernelFunc:hg};const mg=Pc;function xg(n){vt("tf.nonMaxSuppression() in webgl locks the UI thread. Call tf.nonMaxSuppressionAsync() instead");const{inputs:e,backend:t,attrs:s}=n,{boxes:o,scores:a}=e,{maxOutputSize:r,iouThreshold:c,scoreThreshold:i,softNmsSigma:u}=s,l=t.readSync(o.dataId),d=t.readSync(a.dataId),p=r,h=c,f=i,x=u,{selectedIndices:g,selectedScores:m}=mg(l,d,p,h,f,x);return[t.makeTensorInfo([g.length],"int32",new Int32Array(g)),t.makeTensorInfo([m.length],"float32",new Float32Array(m))]}const gg={kernelName:qr,backendName:"webgl",kernelFunc:xg};class Cg{constructor(e,t,s,o){this.variableNames=["indices"],this.outputShape=[e,t],this.userCode=`
      void main() {
        ivec2 coords = getOutputCoords();
        int index = round(getIndices(coords.x));
        setOutput(mix(float(${o}), float(${s}),
                      float(index == coords.y)));
      }
    `}}const bg=n=>{const{inputs:e,backend:t,attrs:s}=n,{indices:o}=e,{dtype:a,depth:r,onValue:c,offValue:i}=s,u=E(o.shape),l=new Cg(u,r,c,i),d=y({inputs:{x:o},backend:t,attrs:{shape:[u]}}),p=t.runWebGLProgram(l,[d],a);t.disposeIntermediateTensorInfo(d);const h=[...o.shape,r],f=y({inputs:{x:p},backend:t,attrs:{shape:h}});return t.disposeIntermediateTensorInfo(p),f},vg={kernelName:Yr,backendName:"webgl",kernelFunc:bg};function bt(n){const{inputs:e,backend:t}=n,{x:s}=e;if(s.dtype==="complex64"){const o=st({inputs:{input:s},backend:t}),a=bt({inputs:{x:o},backend:t}),r=It({inputs:{input:s},backend:t}),c=bt({inputs:{x:r},backend:t}),i=me({inputs:{real:a,imag:c},backend:t});return t.disposeIntermediateTensorInfo(o),t.disposeIntermediateTensorInfo(a),t.disposeIntermediateTensorInfo(r),t.disposeIntermediateTensorInfo(c),i}else return ot({attrs:{shape:s.shape,dtype:s.dtype,value:s.dtype==="string"?"":0},backend:t})}const $g={kernelName:Qr,backendName:"webgl",kernelFunc:bt};function Ro(n){const{inputs:e,backend:t}=n,{x:s}=e;if(s.dtype==="string")throw new Error("onesLike is not supported under string dtype");if(s.dtype==="complex64"){const o=st({inputs:{input:s},backend:t}),a=Ro({inputs:{x:o},backend:t}),r=It({inputs:{input:s},backend:t}),c=bt({inputs:{x:r},backend:t}),i=me({inputs:{real:a,imag:c},backend:t});return t.disposeIntermediateTensorInfo(o),t.disposeIntermediateTensorInfo(a),t.disposeIntermediateTensorInfo(r),t.disposeIntermediateTensorInfo(c),i}else return ot({attrs:{shape:s.shape,dtype:s.dtype,value:1},backend:t})}const Rg={kernelName:Jr,backendName:"webgl",kernelFunc:Ro};function yg(n){const{inputs:e,backend:t,attrs:s}=n,{axis:o}=s;if(e.length===1)return Ut({inputs:{input:e[0]},backend:t,attrs:{dim:o}});const a=e[0].shape,r=e[0].dtype;e.forEach(l=>{ei(a,l.shape,"All tensors passed to stack must have matching shapes"),P(r===l.dtype,()=>"All tensors passed to stack must have matching dtypes")});const c=[],i=e.map(l=>{const d=Ut({inputs:{input:l},backend:t,attrs:{dim:o}});return c.push(d),d}),u=ro({inputs:i,backend:t,attrs:{axis:o}});return c.forEach(l=>t.disposeIntermediateTensorInfo(l)),u}const wg={kernelName:Zr,backendName:"webgl",kernelFunc:yg};class Sg{constructor(e,t,s){this.variableNames=["x"],this.customUniforms=[{name:"value",type:"float"}],this.outputShape=t.map((u,l)=>u[0]+e[l]+u[1]);const o=e.length,a=D(o),r=t.map(u=>u[0]).join(","),c=t.map((u,l)=>u[0]+e[l]).join(","),i=["coords[0]","coords[1]","coords[2]","coords[3]"].slice(0,o);if(o===1){this.userCode=`
        int start = ${r};
        int end = ${c};

        void main() {
          int outC = getOutputCoords();
          if (outC < start || outC >= end) {
            setOutput(value);
          } else {
            setOutput(getX(outC - start));
          }
        }
      `;return}this.userCode=`
      ${a} start = ${a}(${r});
      ${a} end = ${a}(${c});

      void main() {
        ${a} outC = getOutputCoords();
        if (any(lessThan(outC, start)) || any(greaterThanEqual(outC, end))) {
          setOutput(value);
        } else {
          ${a} coords = outC - start;
          setOutput(getX(${i}));
        }
      }
    `}}class Tg{constructor(e,t,s){this.variableNames=["x"],this.packedInputs=!0,this.packedOutput=!0,this.customUniforms=[{name:"value",type:"float"}],this.outputShape=t.map((x,g)=>x[0]+e[g]+x[1]);const o=e.length,a=D(o),r=t.map(x=>x[0]).join(","),c=t.map((x,g)=>x[0]+e[g]).join(","),i=W("rc",o),u=W("source",o),l=`${i[o-1]} < ${this.outputShape[o-1]}`,d=o===1?"source":`vec2(${u.slice(-2).join()})`,p=[`${a} rc = outputLoc;`,`${i[o-1]} += 1;
       if(${l}) {
      `,o===1?"":`}
       rc = outputLoc;
       ${i[o-2]} += 1;
       if(${i[o-2]} < ${this.outputShape[o-2]}) {`,o===1?"":`  ${i[o-1]} += 1;
         if(${l}) {`],h=o===1?"rc < start || rc >= end":"any(lessThan(rc, start)) || any(greaterThanEqual(rc, end))";let f="";for(let x=0,g=o===1?2:4;x<g;x++)f+=`
        ${p[x]}
        if (${h}) {
          result[${x}] = float(value);
        } else {
          ${a} source = rc - start;
          result[${x}] = getChannel(getX(${u.join()}), ${d});
        }
      `;f+=o===1?"} ":"}}",this.userCode=`
      const ${a} start = ${a}(${r});
      const ${a} end = ${a}(${c});

      void main() {
        ${a} outputLoc = getOutputCoords();
        vec4 result = vec4(0.);
        ${f}
        setOutput(result);
      }
    `}}const yo=n=>{const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{paddings:a,constantValue:r}=s;if(E(o.shape)===0){const u=a.map((l,d)=>l[0]+o.shape[d]+l[1]);return ot({backend:t,attrs:{shape:u,value:r,dtype:o.dtype}})}const c=b().getBool("WEBGL_PACK_ARRAY_OPERATIONS")?new Tg(o.shape,a,r):new Sg(o.shape,a,r),i=[[r]];return t.runWebGLProgram(c,[o],o.dtype,i)},Ig={kernelName:ti,backendName:"webgl",kernelFunc:yo};const Ng=`
  if(a < 0.0 && floor(b) < b){
    return NAN;
  }
  if (b == 0.0) {
    return 1.0;
  }
  return (round(mod(b, 2.0)) != 1) ?
      pow(abs(a), b) : sign(a) * pow(abs(a), b);
`,Eg=`
  // isModRound1 has 1 for components with round(mod(b, 2.0)) == 1, 0 otherwise.
  vec4 isModRound1 = vec4(equal(round(mod(b, 2.0)), ivec4(1)));
  vec4 multiplier = sign(a) * isModRound1 + (vec4(1.0) - isModRound1);
  vec4 result = multiplier * pow(abs(a), b);

  // Ensure that a^0 = 1, including 0^0 = 1 as this correspond to TF and JS
  bvec4 isExpZero = equal(b, vec4(0.0));
  result.r = isExpZero.r ? 1.0 : result.r;
  result.g = isExpZero.g ? 1.0 : result.g;
  result.b = isExpZero.b ? 1.0 : result.b;
  result.a = isExpZero.a ? 1.0 : result.a;

  bvec4 isNaN1 = lessThan(a, vec4(0.0));
  bvec4 isNaN2 = lessThan(floor(b), b);
  bvec4 isNaN = bvec4(isNaN1.x && isNaN2.x, isNaN1.y && isNaN2.y, isNaN1.z && isNaN2.z, isNaN1.w && isNaN2.w);
  `+Te+`
  return result;
`,kg=B({opSnippet:Ng,packedOpSnippet:Eg}),Og={kernelName:ni,backendName:"webgl",kernelFunc:kg};function Ag(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{axis:a,keepDims:r}=s,c=o.shape.length,i=[],u=K(a,o.shape);let l=u;const d=ne(l,c);let p=o;d!=null&&(p=M({inputs:{x:o},backend:t,attrs:{perm:d}}),l=se(l.length,c),i.push(p)),re("prod",l,c);let h;if(t.shouldExecuteOnCPU([p])){const f=t.texData.get(p.dataId).values,{outVals:x,outShape:g,outDtype:m}=Nl(p.shape,p.dtype,f,l);h=t.makeTensorInfo(g,m,x)}else{const[f,x]=pe(p.shape,l),g=E(x),m=y({inputs:{x:p},backend:t,attrs:{shape:[-1,g]}}),C=zt(o.dtype),$=Ie(m,C,"prod",t);h=y({inputs:{x:$},backend:t,attrs:{shape:f}}),i.push(m),i.push($)}if(r){i.push(h);const f=he(h.shape,u);h=y({inputs:{x:h},backend:t,attrs:{shape:f}})}return i.forEach(f=>t.disposeIntermediateTensorInfo(f)),h}const Pg={kernelName:si,backendName:"webgl",kernelFunc:Ag};function Dg(n){const{inputs:e,backend:t,attrs:s}=n,{paramsNestedSplits:o,paramsDenseValues:a,indices:r}=e,{outputRaggedRank:c}=s,i=o.map(m=>t.readSync(m.dataId)),u=o.map(m=>m.shape),l=t.readSync(a.dataId),d=t.readSync(r.dataId),[p,h,f]=El(i,u,l,a.shape,a.dtype,d,r.shape,c),x=p.map(m=>t.makeTensorInfo([m.length],"int32",m)),g=t.makeTensorInfo(f,a.dtype,h);return x.concat([g])}const Fg={kernelName:oi,backendName:"webgl",kernelFunc:Dg};function _g(n){const{inputs:e,backend:t}=n,{starts:s,limits:o,deltas:a}=e,r=t.readSync(s.dataId),c=t.readSync(o.dataId),i=t.readSync(a.dataId),[u,l]=kl(r,s.shape,s.dtype,c,o.shape,i,a.shape),d=t.makeTensorInfo([u.length],"int32",u),p=t.makeTensorInfo([l.length],s.dtype,l);return[d,p]}const Lg={kernelName:ai,backendName:"webgl",kernelFunc:_g};function Bg(n){const{inputs:e,backend:t,attrs:s}=n,{shape:o,values:a,defaultValue:r,rowPartitionTensors:c}=e,{rowPartitionTypes:i}=s,u=t.readSync(o.dataId),l=t.readSync(a.dataId),d=t.readSync(r.dataId),p=c.map(g=>t.readSync(g.dataId)),h=c.map(g=>g.shape),[f,x]=Ol(u,o.shape,l,a.shape,a.dtype,d,r.shape,p,h,i);return t.makeTensorInfo(f,a.dtype,x)}const Vg={kernelName:ri,backendName:"webgl",kernelFunc:Bg};const wo=n=>{const{backend:e,attrs:t}=n,{start:s,stop:o,step:a,dtype:r}=t,c=Al(s,o,a,r);return e.makeTensorInfo([c.length],r,c)},Ug={kernelName:ii,backendName:"webgl",kernelFunc:wo};const Wg="return 1.0 / x;",Mg=A({opSnippet:Wg}),Gg={kernelName:ci,backendName:"webgl",kernelFunc:Mg};const zg=Z+`
  return (x < 0.0) ? 0.0 : x;
`,Hg=`
  vec4 result = x * vec4(greaterThanEqual(x, vec4(0.0)));
  bvec4 isNaN = isnan(x);

  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`,Xg=A({opSnippet:zg,packedOpSnippet:Hg}),Kg={kernelName:ui,backendName:"webgl",kernelFunc:Xg};const jg=Z+`
  return (x < 0.0) ? 0.0 : min(6.0, x);
`,qg=`
  vec4 result = min(x, vec4(6.)) * vec4(greaterThanEqual(x, vec4(0.0)));
  bvec4 isNaN = isnan(x);

  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`,Yg=A({opSnippet:jg,packedOpSnippet:qg}),Qg={kernelName:li,backendName:"webgl",kernelFunc:Yg};class Jg{constructor(e,t,s,o,a){this.variableNames=["A"],this.outputShape=[];const[r,c,i,u]=e;this.outputShape=[r,t,s,u];const l=[o&&t>1?c-1:c,o&&s>1?i-1:i],d=[o&&t>1?t-1:t,o&&s>1?s-1:s];let p;a?p="(vec2(yRC) + vec2(0.5)) * effectiveInputOverOutputRatioRC - vec2(0.5)":p="vec2(yRC) * effectiveInputOverOutputRatioRC",this.userCode=`
      const vec2 effectiveInputOverOutputRatioRC = vec2(
          ${l[0]/d[0]},
          ${l[1]/d[1]});
      const vec2 inputShapeRC = vec2(${c}.0, ${i}.0);

      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];
        ivec2 yRC = coords.yz;

        // Fractional source index.
        vec2 sourceFracIndexRC = ${p};

        // Compute the four integer indices.
        ivec2 sourceFloorRC = ivec2(max(sourceFracIndexRC, vec2(0.0)));
        ivec2 sourceCeilRC = ivec2(
          min(inputShapeRC - 1.0, ceil(sourceFracIndexRC)));

        float topLeft = getA(b, sourceFloorRC.x, sourceFloorRC.y, d);
        float bottomLeft = getA(b, sourceCeilRC.x, sourceFloorRC.y, d);
        float topRight = getA(b, sourceFloorRC.x, sourceCeilRC.y, d);
        float bottomRight = getA(b, sourceCeilRC.x, sourceCeilRC.y, d);

        vec2 fracRC = sourceFracIndexRC - vec2(sourceFloorRC);

        float top = topLeft + (topRight - topLeft) * fracRC.y;
        float bottom = bottomLeft + (bottomRight - bottomLeft) * fracRC.y;
        float newValue = top + (bottom - top) * fracRC.x;

        setOutput(newValue);
      }
    `}}class Zg{constructor(e,t,s,o,a){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=[];const[r,c,i,u]=e;this.outputShape=[r,t,s,u];const l=[o&&t>1?c-1:c,o&&s>1?i-1:i],d=[o&&t>1?t-1:t,o&&s>1?s-1:s];let p;a?p="(vec3(yRC) + vec3(0.5)) * effectiveInputOverOutputRatioRC - vec3(0.5)":p="vec3(yRC) * effectiveInputOverOutputRatioRC",this.userCode=`
      const vec3 effectiveInputOverOutputRatioRC = vec3(
          ${l[0]/d[0]},
          ${l[1]/d[1]},
          ${l[1]/d[1]});
      const vec3 inputShapeRC = vec3(${c}.0, ${i}.0,
                                     ${i}.0);

      float getAValue(int b, int r, int c, int d) {
        return getChannel(getA(b, r, c, d), vec2(c, d));
      }

      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];
        // Calculate values for next column in yRC.z.
        ivec3 yRC = coords.yzz + ivec3(0, 0, 1);

        // Fractional source index.
        vec3 sourceFracIndexRC = ${p};

        // Compute the four integer indices.
        ivec3 sourceFloorRC = ivec3(max(sourceFracIndexRC, vec3(0.0)));
        ivec3 sourceCeilRC = ivec3(
          min(inputShapeRC - 1.0, ceil(sourceFracIndexRC)));

        // Should we calculate next column and row elements in 2x2 packed cell.
        bool hasNextCol = d < ${u-1};
        bool hasNextRow = coords.z < ${s-1};

        // In parallel, construct four corners for all four components in
        // packed 2x2 cell.
        vec4 topLeft = vec4(
          getAValue(b, sourceFloorRC.x, sourceFloorRC.y, d),
          hasNextCol ? getAValue(b, sourceFloorRC.x, sourceFloorRC.y, d + 1)
                     : 0.0,
          hasNextRow ? getAValue(b, sourceFloorRC.x, sourceFloorRC.z, d)
                     : 0.0,
          (hasNextRow && hasNextCol) ?
            getAValue(b, sourceFloorRC.x, sourceFloorRC.z, d + 1) : 0.0);

        vec4 bottomLeft = vec4(
          getAValue(b, sourceCeilRC.x, sourceFloorRC.y, d),
          hasNextCol ? getAValue(b, sourceCeilRC.x, sourceFloorRC.y, d + 1)
                     : 0.0,
          hasNextRow ? getAValue(b, sourceCeilRC.x, sourceFloorRC.z, d)
                     : 0.0,
          (hasNextRow && hasNextCol) ?
            getAValue(b, sourceCeilRC.x, sourceFloorRC.z, d + 1) : 0.0);

        vec4 topRight = vec4(
          getAValue(b, sourceFloorRC.x, sourceCeilRC.y, d),
          hasNextCol ? getAValue(b, sourceFloorRC.x, sourceCeilRC.y, d + 1)
                     : 0.0,
          hasNextRow ? getAValue(b, sourceFloorRC.x, sourceCeilRC.z, d)
                     : 0.0,
          (hasNextRow && hasNextCol) ?
            getAValue(b, sourceFloorRC.x, sourceCeilRC.z, d + 1) : 0.0);

        vec4 bottomRight = vec4(
          getAValue(b, sourceCeilRC.x, sourceCeilRC.y, d),
          hasNextCol ? getAValue(b, sourceCeilRC.x, sourceCeilRC.y, d + 1)
                     : 0.0,
          hasNextRow ? getAValue(b, sourceCeilRC.x, sourceCeilRC.z, d)
                     : 0.0,
          (hasNextRow && hasNextCol) ?
            getAValue(b, sourceCeilRC.x, sourceCeilRC.z, d + 1) : 0.0);

        vec3 fracRC = sourceFracIndexRC - vec3(sourceFloorRC);

        vec4 top = mix(topLeft, topRight, fracRC.yyzz);
        vec4 bottom = mix(bottomLeft, bottomRight, fracRC.yyzz);
        vec4 newValue = mix(top, bottom, fracRC.x);

        setOutput(newValue);
      }
    `}}function eC(n){const{inputs:e,backend:t,attrs:s}=n,{images:o}=e,{alignCorners:a,halfPixelCenters:r,size:c}=s,[i,u]=c,l=b().getBool("WEBGL_PACK_IMAGE_OPERATIONS")?new Zg(o.shape,i,u,a,r):new Jg(o.shape,i,u,a,r);return t.runWebGLProgram(l,[o],"float32")}const tC={kernelName:di,backendName:"webgl",kernelFunc:eC};class nC{constructor(e,t,s){this.variableNames=["dy"],this.outputShape=[],this.outputShape=t;const[,o,a]=t,[,r,c]=e,i=[s&&r>1?o-1:o,s&&c>1?a-1:a],u=[s&&r>1?r-1:r,s&&c>1?c-1:c],l=i[0]/u[0],d=i[1]/u[1],p=1/l,h=1/d,f=Math.ceil(p)*2+2,x=Math.ceil(h)*2+2;this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];
        int r = coords[1];
        int c = coords[2];

        float accumulator = 0.0;

        const float heightScale = float(${l});
        const float widthScale = float(${d});

        const float invHeightScale = float(${p});
        const float invWidthScale = float(${h});

        const int winHeight = int(${f});
        const int winWidth = int(${x});

        // Compute bounds for where in dy we will look
        float startRLerp = floor(float(r) * invHeightScale);
        int startDyR = int(startRLerp - float(winHeight / 2));

        float startCLerp = floor(float(c) * invWidthScale);
        int startDyC = int(startCLerp - float(winWidth / 2));

        // Loop over dy
        for (int dyROffset = 0; dyROffset < winHeight; dyROffset++) {
          int dyR = dyROffset + startDyR;

          // Guard against the window exceeding the bounds of dy
          if (dyR < 0 || dyR >= ${r}) {
            continue;
          }

          for (int dyCOffset = 0; dyCOffset < winWidth; dyCOffset++) {
            int dyC = dyCOffset + startDyC;

            // Guard against the window exceeding the bounds of dy
            if (dyC < 0 || dyC >= ${c}) {
              continue;
            }

            float dxR = float(dyR) * heightScale;
            int topDxRIndex = int(floor(dxR));
            int bottomDxRIndex = int(min(ceil(dxR), ${o-1}.0));
            float dxRLerp = dxR - float(topDxRIndex);
            float inverseDxRLerp = 1.0 - dxRLerp;

            float dxC = float(dyC) * widthScale;
            int leftDxCIndex = int(floor(dxC));
            int rightDxCIndex = int(min(ceil(dxC), ${a-1}.0));
            float dxCLerp = dxC - float(leftDxCIndex);
            float inverseDxCLerp = 1.0 - dxCLerp;

            if (r == topDxRIndex && c == leftDxCIndex) {
              // topLeft
              accumulator +=
                getDy(b, dyR, dyC, d) * inverseDxRLerp * inverseDxCLerp;
            }

            if (r == topDxRIndex && c == rightDxCIndex) {
              // topRight
              accumulator += getDy(b, dyR, dyC, d) * inverseDxRLerp * dxCLerp;
            }

            if (r == bottomDxRIndex && c == leftDxCIndex) {
              // bottomLeft
              accumulator += getDy(b, dyR, dyC, d) * dxRLerp * inverseDxCLerp;
            }

            if (r == bottomDxRIndex && c == rightDxCIndex) {
              // bottomRight
              accumulator += getDy(b, dyR, dyC, d) * dxRLerp * dxCLerp;
            }
          }
        }
        // End loop over dy

        setOutput(accumulator);
      }
    `}}function sC(n){const{inputs:e,backend:t,attrs:s}=n,{images:o,dy:a}=e,{alignCorners:r}=s,c=new nC(a.shape,o.shape,r);return t.runWebGLProgram(c,[a],a.dtype)}const oC={kernelName:pi,backendName:"webgl",kernelFunc:sC};class aC{constructor(e,t,s,o,a){this.variableNames=["A"],this.outputShape=[];const[r,c,i,u]=e;this.outputShape=[r,t,s,u];const l=[o&&t>1?c-1:c,o&&s>1?i-1:i],d=[o&&t>1?t-1:t,o&&s>1?s-1:s],p=o?"0.5":"0.0";let h;a?h="max((vec2(yRC) + vec2(0.5)) * effectiveInputOverOutputRatioRC, vec2(0.0))":h="vec2(yRC) * effectiveInputOverOutputRatioRC",this.userCode=`
      const vec2 effectiveInputOverOutputRatioRC = vec2(
          ${l[0]/d[0]},
          ${l[1]/d[1]});
      const vec2 inputShapeRC = vec2(${c}.0, ${i}.0);

      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];
        ivec2 yRC = coords.yz;

        // Fractional source index.
        vec2 sourceFracIndexRC = ${h};

        // Compute the coordinators of nearest neighbor point.
        ivec2 sourceNearestRC = ivec2(
          min(inputShapeRC - 1.0, floor(sourceFracIndexRC + ${p})));
        float newValue = getA(b, sourceNearestRC.x, sourceNearestRC.y, d);

        setOutput(newValue);
      }
    `}}class rC{constructor(e,t,s,o,a){this.variableNames=["A"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=[];const[r,c,i,u]=e;this.outputShape=[r,t,s,u];const l=[o&&t>1?c-1:c,o&&s>1?i-1:i],d=[o&&t>1?t-1:t,o&&s>1?s-1:s],p=o?"0.5":"0.0";let h;a?h="max((vec3(yRC) + vec3(0.5)) * effectiveInputOverOutputRatioRC, vec3(0.0))":h="vec3(yRC) * effectiveInputOverOutputRatioRC",this.userCode=`
      const vec3 effectiveInputOverOutputRatioRC = vec3(
          ${l[0]/d[0]},
          ${l[1]/d[1]},
          ${l[1]/d[1]});
      const vec3 inputShapeRC = vec3(${c}.0, ${i}.0,
                                     ${i}.0);

      float getAValue(int b, int r, int c, int d) {
        return getChannel(getA(b, r, c, d), vec2(c, d));
      }

      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];
        // Calculate values for next column in yRC.z.
        ivec3 yRC = coords.yzz + ivec3(0, 0, 1);

        // Fractional source index.
        vec3 sourceFracIndexRC = ${h};

        // Compute the coordinators of nearest neighbor point.
        ivec3 sourceNearestRC = ivec3(
          min(inputShapeRC - 1.0, floor(sourceFracIndexRC + ${p})));

        // Should we calculate next column and row elements in 2x2 packed cell.
        bool hasNextCol = d < ${u-1};
        bool hasNextRow = coords.z < ${s-1};

        vec4 newValue = vec4(
          getAValue(b, sourceNearestRC.x, sourceNearestRC.y, d),
          hasNextCol ? getAValue(b, sourceNearestRC.x, sourceNearestRC.y, d + 1)
                     : 0.0,
          hasNextRow ? getAValue(b, sourceNearestRC.x, sourceNearestRC.z, d)
                     : 0.0,
          (hasNextRow && hasNextCol) ?
            getAValue(b, sourceNearestRC.x, sourceNearestRC.z, d + 1) : 0.0);

        setOutput(newValue);
      }
    `}}function iC(n){const{inputs:e,backend:t,attrs:s}=n,{images:o}=e,{alignCorners:a,halfPixelCenters:r,size:c}=s,[i,u]=c,l=b().getBool("WEBGL_PACK_IMAGE_OPERATIONS")?new rC(o.shape,i,u,a,r):new aC(o.shape,i,u,a,r);return t.runWebGLProgram(l,[o],o.dtype)}const cC={kernelName:hi,backendName:"webgl",kernelFunc:iC};class uC{constructor(e,t,s){this.variableNames=["dy"],this.outputShape=[],this.outputShape=t;const[,o,a]=t,[,r,c]=e,i=[s&&r>1?o-1:o,s&&c>1?a-1:a],u=[s&&r>1?r-1:r,s&&c>1?c-1:c],l=i[0]/u[0],d=i[1]/u[1],p=1/l,h=1/d,f=Math.ceil(p)*2+2,x=Math.ceil(h)*2+2;this.userCode=`
      void main() {
        ivec4 coords = getOutputCoords();
        int b = coords[0];
        int d = coords[3];
        int r = coords[1];
        int c = coords[2];

        float accumulator = 0.0;

        const float heightScale = float(${l});
        const float widthScale = float(${d});

        const float invHeightScale = float(${p});
        const float invWidthScale = float(${h});

        const int winHeight = int(${f});
        const int winWidth = int(${x});

        // Compute bounds for where in dy we will look
        float startRLerp = floor(float(r) * invHeightScale);
        int startDyR = int(floor(startRLerp - float(winHeight / 2)));

        float startCLerp = floor(float(c) * invWidthScale);
        int startDyC = int(floor(startCLerp - float(winWidth / 2)));

        // Loop over dy
        for (int dyROffset = 0; dyROffset < winHeight; dyROffset++) {
          int dyR = dyROffset + startDyR;

          // Guard against the window exceeding the bounds of dy
          if (dyR < 0 || dyR >= ${r}) {
            continue;
          }

          for (int dyCOffset = 0; dyCOffset < winWidth; dyCOffset++) {
            int dyC = dyCOffset + startDyC;

            // Guard against the window exceeding the bounds of dy
            if (dyC < 0 || dyC >= ${c}) {
              continue;
            }

            float sourceFracRow =
              float(${i[0]}) *
                (float(dyR) / float(${u[0]}));

            float sourceFracCol =
                float(${i[1]}) *
                  (float(dyC) / float(${u[1]}));

            int sourceNearestRow = int(min(
                float(int(${o}) - 1),
                ${s} ? float(round(sourceFracRow)) :
                                  float(floor(sourceFracRow))));

            int sourceNearestCol = int(min(
                float(int(${a}) - 1),
                ${s} ? float(round(sourceFracCol)) :
                                  float(floor(sourceFracCol))));

            if (r == sourceNearestRow && c == sourceNearestCol) {
              accumulator += getDy(b, dyR, dyC, d);
            }
          }
        }
        // End loop over dy

        setOutput(accumulator);
      }
    `}}function lC(n){const{inputs:e,backend:t,attrs:s}=n,{images:o,dy:a}=e,{alignCorners:r}=s,c=new uC(a.shape,o.shape,r);return t.runWebGLProgram(c,[a],a.dtype)}const dC={kernelName:fi,backendName:"webgl",kernelFunc:lC};class pC{constructor(e,t){this.variableNames=["x"];const s=e.length;if(s>4)throw new Error(`WebGL backend: Reverse of rank-${s} tensor is not yet supported`);if(this.outputShape=e,s===1){this.userCode=`
        void main() {
          int coord = getOutputCoords();
          setOutput(getX(${e[0]} - coord - 1));
        }
      `;return}const o=c=>t.indexOf(c)!==-1&&e[c]!==1?`${e[c]} - coords[${c}] - 1`:`coords[${c}]`,a=e.map((c,i)=>o(i)).join(","),r=D(s);this.userCode=`
      void main() {
        ${r} coords = getOutputCoords();
        setOutput(getX(${a}));
      }
    `}}class hC{constructor(e,t){this.variableNames=["x"],this.packedInputs=!0,this.packedOutput=!0;const s=e.length;if(s>4)throw new Error(`WebGL backend: Reverse of rank-${s} tensor is not yet supported`);this.outputShape=e;const o=W("rc",s),a=`${o[s-1]} + 1 < ${this.outputShape[s-1]}`,r=`${o[s-2]} + 1 < ${this.outputShape[s-2]}`,c=D(s);s===1?this.userCode=`
        void main(){
          int rc = getOutputCoords();
          vec4 result = vec4(0.);
          result.r = getChannel(getX(${e[0]} - rc - 1),
            ${e[0]} - rc - 1);
          if(${a}){
              result.g = getChannel(getX(${e[0]} - (rc  + 1) - 1),
                ${e[0]} - (rc  + 1) - 1);
          }
          setOutput(result);
        }
      `:this.userCode=`
        void main() {
          ${c} rc = getOutputCoords();
          vec4 result = vec4(0.);
          result.r = ${i(o.slice())};
          if(${a}){
            result.g = ${u(o.slice())};
          }
          if(${r}) {
            result.b = ${l(o.slice())};
            if(${a}) {
              result.a = ${d(o.slice())};
            }
          }
          setOutput(result);
        }
    `;function i(f){return p(f)}function u(f){return f[s-1]="("+f[s-1]+" + 1)",p(f)}function l(f){return f[s-2]="("+f[s-2]+" + 1)",p(f)}function d(f){return f[s-1]="("+f[s-1]+" + 1)",f[s-2]="("+f[s-2]+" + 1)",p(f)}function p(f){const x=e.map((C,$)=>h($,f)),g=x.join(","),m=x.slice(-2).join(",");return`getChannel(getX(${g}), vec2(${m}))`}function h(f,x){return t.indexOf(f)!==-1&&e[f]!==1?`${e[f]} - ${x[f]} - 1`:`${x[f]}`}}}function fC(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{dims:a}=s,r=o.shape.length,c=K(a,o.shape);if(r===0)return X({inputs:{x:o},backend:t});const i=b().getBool("WEBGL_PACK_ARRAY_OPERATIONS")?new hC(o.shape,c):new pC(o.shape,c);return t.runWebGLProgram(i,[o],o.dtype)}const mC={kernelName:mi,backendName:"webgl",kernelFunc:fC};class xC{constructor(e,t){this.variableNames=["Image"],this.outputShape=[],this.customUniforms=[{name:"params",type:"vec4"}];const s=e[1],o=e[2];this.outputShape=e;let a="";typeof t=="number"?a=`float outputValue = ${t.toFixed(2)};`:a=`
        vec3 fill = vec3(${t.join(",")});
        float outputValue = fill[coords[3]];`,this.userCode=`
        void main() {
          ivec4 coords = getOutputCoords();
          int x = coords[2];
          int y = coords[1];
          float coordXFloat = (float(x) - params[0]) * params[3] -
            (float(y) - params[1]) * params[2];
          float coordYFloat = (float(x) - params[0]) * params[2] +
            (float(y) - params[1]) * params[3];
          int coordX = int(round(coordXFloat + params[0]));
          int coordY = int(round(coordYFloat + params[1]));
          ${a}
          if(coordX >= 0 && coordX < ${o} && coordY >= 0 && coordY < ${s}) {
            outputValue = getImage(coords[0], coordY, coordX, coords[3]);
          }
          setOutput(outputValue);
        }
    `}}const gC={kernelName:xi,backendName:"webgl",kernelFunc:({inputs:n,attrs:e,backend:t})=>{const{image:s}=n,{radians:o,fillValue:a,center:r}=e,c=t,i=new xC(s.shape,a),[u,l]=Rc(r,s.shape[1],s.shape[2]),d=[[u,l,Math.sin(o),Math.cos(o)]];return c.runWebGLProgram(i,[s],s.dtype,d)}};const CC=`
  // OpenGL ES does not support round function.
  // The algorithm is based on banker's rounding.
  float base = floor(x);
  if ((x - base) < 0.5) {
    return floor(x);
  } else if ((x - base) > 0.5) {
    return ceil(x);
  } else {
    if (mod(base, 2.0) == 0.0) {
      return base;
    } else {
      return base + 1.0;
    }
  }
`,bC=A({opSnippet:CC}),vC={kernelName:gi,backendName:"webgl",kernelFunc:bC};const $C="return inversesqrt(x);",RC=A({opSnippet:$C,cpuKernelImpl:Pl}),yC={kernelName:Ci,backendName:"webgl",kernelFunc:RC};class ln{constructor(e,t,s,o,a,r,c=!0,i=!1){this.variableNames=["updates","indices","defaultValue"],this.outputShape=r;const u=D(a.length),l=D(r.length);let d="";s===1?d="i":s===2&&(d="i, j");const p=`getIndices(${d})`;let h="";o===1?h="i":o===2&&(h="i, coords[1]");const f=`getUpdates(${h})`;let x="";i&&(x="coords[0], coords[1]");const g=`getDefaultValue(${x})`,m=t>1?"strides[j]":"strides";this.userCode=`
        ${u} strides = ${u}(${a});

        void main() {
          ${l} coords = getOutputCoords();
          float sum = 0.0;
          bool found = false;
          for (int i = 0; i < ${e}; i++) {
            int flattenedIndex = 0;
            for (int j = 0; j < ${t}; j++) {
              int index = round(${p});
              flattenedIndex += index * ${m};
            }
            if (flattenedIndex == coords[0]) {
              sum += ${f};
              found = true;
            }
          }
          setOutput(mix(${g}, sum, float(found)));
        }
      `}}class wC{constructor(e,t,s,o,a,r,c=!0,i=!1){this.variableNames=["updates","indices","defaultValue"],this.packedInputs=!0,this.packedOutput=!0,this.outputShape=r;const u=D(a.length),l=D(r.length);let d="";s===1?d="i":s===2&&(d="i, j");const p=`getIndices(${d})`;let h="";o===1?h="i":o===2&&(h="i, coords[1]");const f=`getUpdates(${h})`;let x="";i&&(x="coords[0], coords[1]");const g=`getDefaultValue(${x})`,m=t>1?"strides[j]":"strides",C=t>1?"strides[j + 1]":"strides";this.userCode=`
        ${u} strides = ${u}(${a});

        void main() {
          ${l} coords = getOutputCoords();
          vec4 sum = vec4(0.);
          vec4 found = vec4(0.);
          for (int i = 0; i < ${e}; i+=2) {
            ivec2 flattenedIndex = ivec2(0);
            for (int j = 0; j < ${t}; j+=2) {
              ivec4 index = round(${p});
              flattenedIndex += index.xz * ${m};
              if (j + 1 < ${t}) {
                flattenedIndex += index.yw * ${C};
              }
            }
            if (flattenedIndex[0] == coords[0] || flattenedIndex[1] == coords[0] ||
                flattenedIndex[0] == coords[0] + 1 || flattenedIndex[1] == coords[0] + 1) {
              vec4 updVals = ${f};
              if (flattenedIndex[0] == coords[0]) {
                sum.xy += updVals.xy;
                found.xy = vec2(1.);
              } else if (flattenedIndex[0] == coords[0] + 1) {
                sum.zw += updVals.xy;
                found.zw = vec2(1.);
              }
              if (flattenedIndex[1] == coords[0]) {
                sum.xy += updVals.zw;
                found.xy = vec2(1.);
              } else if (flattenedIndex[1] == coords[0] + 1) {
                sum.zw += updVals.zw;
                found.zw = vec2(1.);
              }
            }
          }
          setOutput(mix(${g}, sum, found));
        }
      `}}function SC(n){const{inputs:e,backend:t,attrs:s}=n,{indices:o,updates:a}=e,{shape:r}=s,{sliceRank:c,numUpdates:i,sliceSize:u,strides:l,outputSize:d}=Kt(a,o,r),p=[d/u,u];if(d===0)return t.makeTensorInfo(r,o.dtype);const h=y({inputs:{x:o},backend:t,attrs:{shape:[i,c]}}),f=y({inputs:{x:a},backend:t,attrs:{shape:[i,u]}}),x=t.makeTensorInfo([],"float32",new Float32Array([0]));let g;b().getBool("WEBGL_PACK")?g=new wC(i,c,h.shape.length,f.shape.length,l,p):g=new ln(i,c,h.shape.length,f.shape.length,l,p);const m=t.runWebGLProgram(g,[f,h,x],f.dtype),C=y({inputs:{x:m},backend:t,attrs:{shape:r}});return t.disposeIntermediateTensorInfo(h),t.disposeIntermediateTensorInfo(f),t.disposeIntermediateTensorInfo(m),t.disposeIntermediateTensorInfo(x),C}const TC={kernelName:bi,backendName:"webgl",kernelFunc:SC};class IC{constructor(e,t,s,o){this.variableNames=["sortedSequence","values"],this.customUniforms=[{name:"numInputs",type:"int"}],this.outputShape=[e,s];const a="while (left < right) {",r=`for (int i = 0; i < ${Math.ceil(Math.log2(t+1))}; ++i) { if (left >= right) break;`,c=b().getNumber("WEBGL_VERSION")===2?a:r,i=o==="left"?"<":"<=";this.userCode=`
       int findBound(int batch, float value) {
         int left = 0;
         int right = numInputs;
         int mid;
         ${c}
           mid = (left + right) / 2;
           if (getSortedSequence(batch, mid) ${i} value) {
             left = mid + 1;
           } else {
             right = mid;
           }
         }
         return right;
       }

       void main() {
         ivec2 coords = getOutputCoords();
         int batch = coords[0];
         int valueIndex = coords[1];

         float value = getValues(batch, valueIndex);

         setOutput(float(findBound(batch, value)));
       }
     `}}function NC(n){const{inputs:e,backend:t,attrs:s}=n,{sortedSequence:o,values:a}=e,{side:r}=s,c=new IC(o.shape[0],o.shape[1],a.shape[1],r),i=[[o.shape[1]]];return t.runWebGLProgram(c,[o,a],"int32",i)}const EC={kernelName:vi,backendName:"webgl",kernelFunc:NC};class kC{constructor(e,t,s){this.variableNames=["c","a","b"],this.outputShape=t;let o,a;if(s>4)throw Error(`Where for rank ${s} is not yet supported`);if(s===1)a="resRC",o="resRC";else{const c=["resRC.x","resRC.y","resRC.z","resRC.w"],i=[],u=[];for(let l=0;l<t.length;l++)u.push(`${c[l]}`),l<e&&i.push(`${c[l]}`);o=i.join(),a=u.join()}const r=D(s);this.userCode=`
      void main() {
        ${r} resRC = getOutputCoords();
        float cVal = getC(${o});
        if (cVal >= 1.0) {
          setOutput(getA(${a}));
        } else {
          setOutput(getB(${a}));
        }
      }
    `}}function OC(n){const{inputs:e,backend:t}=n,{condition:s,t:o,e:a}=e,r=new kC(s.shape.length,o.shape,o.shape.length);return t.runWebGLProgram(r,[s,o,a],Oe(o.dtype,a.dtype))}const AC={kernelName:$i,backendName:"webgl",kernelFunc:OC};const PC=`
  // Stable and Attracting Fixed Point (0, 1) for Normalized Weights.
  // see: https://arxiv.org/abs/1706.02515
  float scaleAlpha = ${yc};
  float scale = ${wc};
  return (x >= 0.0) ? scale * x : scaleAlpha * (exp(x) - 1.0);
`,DC=A({opSnippet:PC}),FC={kernelName:Ri,backendName:"webgl",kernelFunc:DC};const _C=We+`
  return 1.0 / (1.0 + exp(-1.0 * x));
`,LC=`
  vec4 result = 1.0 / (1.0 + exp(-1.0 * x));
  bvec4 isNaN = isnan(x);

  result.r = isNaN.r ? x.r : result.r;
  result.g = isNaN.g ? x.g : result.g;
  result.b = isNaN.b ? x.b : result.b;
  result.a = isNaN.a ? x.a : result.a;

  return result;
`,BC=A({opSnippet:_C,packedOpSnippet:LC,cpuKernelImpl:Fl}),VC={kernelName:yi,backendName:"webgl",kernelFunc:BC};const UC=`
  if (isnan(x)) { return 0.0; }
  return sign(x);
`,WC=A({opSnippet:UC}),MC={kernelName:wi,backendName:"webgl",kernelFunc:WC};const GC=We+`
  return sin(x);
`,zC=`
  vec4 result = sin(x);
  bvec4 isNaN = isnan(x);
  ${Te}
  return result;
`,HC=A({opSnippet:GC,packedOpSnippet:zC}),XC={kernelName:Si,backendName:"webgl",kernelFunc:HC};const KC=`
  float e2x = exp(x);
  return (e2x - 1.0 / e2x) / 2.0;
`,jC=A({opSnippet:KC}),qC={kernelName:Ti,backendName:"webgl",kernelFunc:jC};const YC=`
  float epsilon = 1.1920928955078125e-7;
  float threshold = log(epsilon) + 2.0;

  bool too_large = x > -threshold;
  bool too_small = x < threshold;

  float result;
  float exp_x = exp(x);

  if (too_large){
    result = x;
  }
  else if (too_small){
    result = exp_x;
  }
  else{
    result = log(exp_x + 1.0);
  }
  return result;
`,QC=A({opSnippet:YC}),JC={kernelName:Ii,backendName:"webgl",kernelFunc:QC};const ZC=n=>{const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{blockShape:a,paddings:r}=s;P(o.shape.length<=4,()=>"spaceToBatchND for rank > 4 with a WebGL backend not implemented yet");const c=a.reduce((m,C)=>m*C),i=[[0,0]];i.push(...r);for(let m=1+a.length;m<o.shape.length;++m)i.push([0,0]);const u=[],l=yo({inputs:{x:o},backend:t,attrs:{paddings:i,constantValue:0}}),d=qn(l.shape,a,c,!1),p=Yn(d.length,a.length,!1),h=Qn(l.shape,a,c,!1),f=y({inputs:{x:l},backend:t,attrs:{shape:d}}),x=M({inputs:{x:f},backend:t,attrs:{perm:p}}),g=y({inputs:{x},backend:t,attrs:{shape:h}});return u.push(l),u.push(f),u.push(x),u.forEach(m=>t.disposeIntermediateTensorInfo(m)),g},eb={kernelName:Ni,backendName:"webgl",kernelFunc:ZC};function tb(n){const{inputs:e,backend:t}=n,{indices:s,values:o,denseShape:a,defaultValue:r}=e;if(a.shape.length!==1)throw new Error(`Dense shape must be a vector, saw:
         ${a.shape}`);if(s.shape.length!==2)throw new Error(`Indices must be a matrix, saw:
         ${s.shape}`);if(o.shape.length!==1)throw new Error(`Values must be a vector, saw:
         ${o.shape}`);if(r.shape.length!==0)throw new Error(`Default value must be a scalar, saw:
        ${r.shape}`);const c=t.readSync(s.dataId),i=t.readSync(o.dataId),u=t.readSync(a.dataId),l=t.readSync(r.dataId)[0],[d,p,h,f,x]=Ll(c,s.shape,s.dtype,i,o.dtype,u,l);return[t.makeTensorInfo(p,s.dtype,d),t.makeTensorInfo([p[0]],o.dtype,h),t.makeTensorInfo([f.length],"bool",new Uint8Array(f.map(g=>Number(g)))),t.makeTensorInfo([x.length],s.dtype,new Int32Array(x))]}const nb={kernelName:Ei,backendName:"webgl",kernelFunc:tb};function sb(n){const{inputs:e,backend:t}=n,{inputIndices:s,inputShape:o,newShape:a}=e;if(s.shape.length!==2)throw new Error(`Input indices should be a matrix but received shape ${s.shape}`);if(o.shape.length!==1)throw new Error(`Input shape should be a vector but received shape ${o.shape}`);if(a.shape.length!==1)throw new Error(`Target shape should be a vector but received shape ${a.shape}`);const r=Array.from(t.readSync(o.dataId)),c=t.readSync(s.dataId),i=Array.from(t.readSync(a.dataId)),[u,l,d]=Bl(c,s.shape,s.dtype,r,i);return[t.makeTensorInfo(l,s.dtype,u),t.makeTensorInfo([d.length],a.dtype,new Int32Array(d))]}const ob={kernelName:ki,backendName:"webgl",kernelFunc:sb};function ab(n){const{inputs:e,backend:t}=n,{data:s,indices:o,segmentIds:a}=e;if(s.shape.length<1)throw new Error("Data should be at least 1 dimensional but received scalar");if(o.shape.length!==1)throw new Error(`Indices should be a vector but received shape
              ${o.shape}`);if(a.shape.length!==1)throw new Error(`Segment ids should be a vector but received shape
              ${a.shape}`);const r=t.readSync(s.dataId),c=t.readSync(o.dataId),i=t.readSync(a.dataId),[u,l]=Ks(r,s.shape,s.dtype,c,i,!0);return t.makeTensorInfo(l,s.dtype,u)}const rb={kernelName:Oi,backendName:"webgl",kernelFunc:ab};function ib(n){const{inputs:e,backend:t}=n,{data:s,indices:o,segmentIds:a}=e;if(s.shape.length<1)throw new Error("Data should be at least 1 dimensional but received scalar");if(o.shape.length!==1)throw new Error(`Indices should be a vector but received shape
             ${o.shape}`);if(a.shape.length!==1)throw new Error(`Segment ids should be a vector but received shape
             ${a.shape}`);const r=t.readSync(s.dataId),c=t.readSync(o.dataId),i=t.readSync(a.dataId),[u,l]=Ks(r,s.shape,s.dtype,c,i);return t.makeTensorInfo(l,s.dtype,u)}const cb={kernelName:Ai,backendName:"webgl",kernelFunc:ib};function ub(n){const{inputs:e,backend:t,attrs:s}=n,{sparseIndices:o,sparseValues:a,defaultValue:r}=e,{outputShape:c}=s,{sliceRank:i,numUpdates:u,sliceSize:l,strides:d,outputSize:p}=Kt(a,o,c),h=!1;if(a.dtype==="string"){const m=t.bufferSync(o),C=t.bufferSync(a),$=Gt(t.readSync(r.dataId)[0]),v=Dl(m,C,c,p,l,u,i,d,$,h);return t.makeTensorInfo(c,v.dtype,v.values)}const f=new ln(u,i,o.shape.length,a.shape.length,d,[p,1],h),x=t.runWebGLProgram(f,[a,o,r],a.dtype),g=y({inputs:{x},backend:t,attrs:{shape:c}});return t.disposeIntermediateTensorInfo(x),g}const lb={kernelName:Pi,backendName:"webgl",kernelFunc:ub};function db(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{numOrSizeSplits:a,axis:r}=s,c=K(r,o.shape)[0],i=Sc(o,a,c),u=o.shape.length,l=new Array(u).fill(0),d=o.shape.slice();return i.map(p=>{const h=[...d];h[c]=p;const f=Me({inputs:{x:o},backend:t,attrs:{begin:l,size:h}});return l[c]+=p,f})}const pb={kernelName:Di,backendName:"webgl",kernelFunc:db};const Wn="return sqrt(x);",hb=A({opSnippet:Wn,packedOpSnippet:Wn,cpuKernelImpl:Vl}),fb={kernelName:Fi,backendName:"webgl",kernelFunc:hb};const mb="return x * x;",xb=A({opSnippet:mb}),gb={kernelName:_i,backendName:"webgl",kernelFunc:xb};const Mn="return (a - b) * (a - b);",Cb=B({opSnippet:Mn,packedOpSnippet:Mn}),bb={kernelName:Li,backendName:"webgl",kernelFunc:Cb};function vb(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e;if(o.dtype!=="string")throw new Error("Input must be of datatype string");const a=t.readSync(o.dataId),r=Pt(a),c=Ul(r,"string",s);return t.makeTensorInfo(o.shape,"string",c)}const $b={kernelName:Bi,backendName:"webgl",kernelFunc:vb};function Rb({inputs:n,attrs:e,backend:t}){const{x:s}=n,o=Z+`
    return x > 0.0 ? 1.0 : float(${e.alpha});
  `,a=new ae(s.shape,o);return t.runWebGLProgram(a,[s],s.dtype)}const yb={kernelName:Vi,backendName:"webgl",kernelFunc:Rb};class wb{constructor(e,t,s){this.variableNames=["x"],this.outputShape=s;const o=s.length,a=D(s.length),r=D(s.length);let c="";if(o===1)c="coords * strides + begin";else{let i=0;c=s.map((u,l)=>(i++,s.length===1?`coords * strides[${l}] + begin[${l}]`:`coords[${i-1}] * strides[${l}] + begin[${l}]`)).join(",")}this.userCode=`
      ${a} begin = ${a}(${e});
      ${a} strides = ${a}(${t});

      void main() {
        ${r} coords = getOutputCoords();
        setOutput(getX(${c}));
      }
    `}}function Sb(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{begin:a,end:r,strides:c,beginMask:i,endMask:u,ellipsisMask:l,newAxisMask:d,shrinkAxisMask:p}=s,{finalShapeSparse:h,finalShape:f,isIdentity:x,sliceDim0:g,isSimpleSlice:m,begin:C,end:$,strides:v}=Tc(o.shape,a,r,c,i,u,l,d,p);let R;if(x)R=y({inputs:{x:o},backend:t,attrs:{shape:f}});else if(g||m){P(o.shape.length>=1,()=>`Input must have rank at least 1, got: ${o.shape.length}`);const I=Ic(C,$,v),S=Me({inputs:{x:o},backend:t,attrs:{begin:C,size:I}});R=y({inputs:{x:S},backend:t,attrs:{shape:f}}),t.disposeIntermediateTensorInfo(S)}else if(t.shouldExecuteOnCPU([o])){const S=t.readSync(o.dataId),O=xt(o.shape,o.dtype,S),k=Wl(h,O,v,C);R=t.makeTensorInfo(f,o.dtype,k.values)}else{const S=new wb(C,v,h);R=t.runWebGLProgram(S,[o],o.dtype)}const N=y({inputs:{x:R},backend:t,attrs:{shape:f}});return t.disposeIntermediateTensorInfo(R),N}const Tb={kernelName:Ui,backendName:"webgl",kernelFunc:Sb};function Ib(n){const{inputs:e,backend:t,attrs:s}=n,{separator:o,nGramWidths:a,leftPad:r,rightPad:c,padWidth:i,preserveShortSequences:u}=s,{data:l,dataSplits:d}=e,p=t.readSync(l.dataId),h=t.readSync(d.dataId),[f,x]=Ml(p,h,o,a,r,c,i,u);return[t.makeTensorInfo([f.length],"string",f),t.makeTensorInfo(d.shape,"int32",x)]}const Nb={kernelName:Wi,backendName:"webgl",kernelFunc:Ib};function Eb(n){const{inputs:e,backend:t,attrs:s}=n,{skipEmpty:o}=s,{input:a,delimiter:r}=e;if(a.dtype!=="string")throw new Error("Input must be of datatype string");if(a.shape.length!==1)throw new Error(`Input must be a vector, got shape: ${a.shape}`);if(r.shape.length!==0)throw new Error(`Delimiter must be a scalar, got shape: ${r.shape}`);const c=t.readSync(a.dataId),i=t.readSync(r.dataId)[0],[u,l,d]=Gl(c,i,o),p=l.length;return[t.makeTensorInfo([p,2],"int32",u),t.makeTensorInfo([p],"string",l),t.makeTensorInfo([2],"int32",new Int32Array(d))]}const kb={kernelName:Mi,backendName:"webgl",kernelFunc:Eb};function Ob(n){const{inputs:e,backend:t,attrs:s}=n,{numBuckets:o}=s,{input:a}=e;if(a.dtype!=="string")throw new Error("Input must be of datatype string");if(o<=0)throw new Error("Number of buckets must be at least 1");const r=t.readSync(a.dataId),c=zl(r,o);return t.makeTensorInfo(a.shape,"int32",c)}const Ab={kernelName:Gi,backendName:"webgl",kernelFunc:Ob};const Pb="return tan(x);",Db=A({opSnippet:Pb}),Fb={kernelName:zi,backendName:"webgl",kernelFunc:Db};const _b=`
  float e2x = exp(-2.0 * abs(x));
  return sign(x) * (1.0 - e2x) / (1.0 + e2x);
`,Lb=A({opSnippet:_b}),Bb={kernelName:Hi,backendName:"webgl",kernelFunc:Lb};function Vb(n){const{inputs:e,backend:t,attrs:s}=n,{tensor:o,indices:a,updates:r}=e,{sliceRank:c,numUpdates:i,sliceSize:u,strides:l,outputSize:d}=Kt(r,a,o.shape),p=[d/u,u];if(d===0)return t.makeTensorInfo(o.shape,a.dtype);const h=y({inputs:{x:a},backend:t,attrs:{shape:[i,c]}}),f=y({inputs:{x:r},backend:t,attrs:{shape:[i,u]}}),x=y({inputs:{x:o},backend:t,attrs:{shape:p}}),g=new ln(i,c,h.shape.length,f.shape.length,l,p,!1,!0),m=t.runWebGLProgram(g,[f,h,x],x.dtype),C=y({inputs:{x:m},backend:t,attrs:{shape:o.shape}});return t.disposeIntermediateTensorInfo(h),t.disposeIntermediateTensorInfo(f),t.disposeIntermediateTensorInfo(x),t.disposeIntermediateTensorInfo(m),C}const Ub={kernelName:Xi,backendName:"webgl",kernelFunc:Vb};class Wb{constructor(e,t){this.variableNames=["A"];const s=new Array(e.length);for(let r=0;r<s.length;r++)s[r]=e[r]*t[r];this.outputShape=s,this.rank=s.length;const o=D(this.rank),a=Mb(e);this.userCode=`
      void main() {
        ${o} resRC = getOutputCoords();
        setOutput(getA(${a}));
      }
    `}}function Mb(n){const e=n.length;if(e>5)throw Error(`Tile for rank ${e} is not yet supported`);if(e===1)return`imod(resRC, ${n[0]})`;const t=["resRC.x","resRC.y","resRC.z","resRC.w","resRC.u"],s=[];for(let o=0;o<n.length;o++)s.push(`imod(${t[o]}, ${n[o]})`);return s.join()}function So(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{reps:a}=s;if(o.dtype==="string"||o.shape.length>5){const i=t.readSync(o.dataId),u=o.dtype==="string"?i.map(p=>Gt(p)):i,l=xt(o.shape,o.dtype,u),d=Xl(l,a);return t.makeTensorInfo(d.shape,d.dtype,d.values)}const r=new Wb(o.shape,a);return t.runWebGLProgram(r,[o],o.dtype)}const Gb={kernelName:Ki,backendName:"webgl",kernelFunc:So};class zb{constructor(e){this.variableNames=["x","indices"],this.customUniforms=[{name:"n",type:"int"},{name:"firstPass",type:"int"},{name:"negativeInf",type:"float"},{name:"dir",type:"int"},{name:"inc",type:"int"}],this.outputShape=e,this.userCode=`
       void main() {
         ivec2 coords = getOutputCoords();
         int batch = coords[0];
         int elemIdx = coords[1];

         // We compare elements pair-wise within a group of size 2 * inc.
         // The comparing rule for each group alternates between ascending
         // and descending. Within each group, we compare each pair at
         // positions i and i+inc. To decide whether an element at position i
         // is x0 or x1, we mod it by 2 * inc, if the result is smaller than
         // inc, it is in the first half of the group, we denote it as x0,
         // otherwise we denote it as x1.
         // For example, as shown in the Bitonic top K paper referenced above,
         // Figure5(a) shows that element[1] is in the
         // second half of the group when group size is 2, but it is in the
         // first half of the group when group size is 4.

         bool isFirstInPair = imod(elemIdx, 2 * inc) < inc;
         int i = isFirstInPair ? elemIdx : elemIdx - inc;

         int i0 = firstPass == 1 ? i : int(getIndices(batch, i));
         int i1 = firstPass == 1 ? i + inc : int(getIndices(batch, i + inc));
         float x0 = i0 < n ? getX(batch, i0) : negativeInf;
         float x1 = i1 < n ? getX(batch, i1) : negativeInf;

         // Denotes which direction indices are in (ascending or descending).
         bool reverse = imod(elemIdx, 2 * dir) >= dir;
         bool isGreater = x0 > x1 || (x0 == x1 && i1 > i0);
         if (reverse == isGreater) { // Elements in opposite order of direction
           int iTemp = i0;
           i0 = i1;
           i1 = iTemp;
         }
         if (isFirstInPair) {
            setOutput(float(i0));
         } else {
            setOutput(float(i1));
         }
       }
     `}}class Hb{constructor(e){this.variableNames=["x","indices"],this.customUniforms=[{name:"n",type:"int"},{name:"firstPass",type:"int"},{name:"k",type:"int"}],this.outputShape=e,this.userCode=`
    void main() {
         // Takes max of indices (0, k), (1, k + 1), (2, k + 2) ...
         ivec2 coords = getOutputCoords();
         int batch = coords[0];
         int elemIdx = coords[1];

         // The output size is half of the previous size.
         // If the previous sequence is | | | | _ _ _ _  | | | |  _ _ _ _ (k=4),
         // we only need to output the indices at positions |, the indices at
         // positions _ can be thrown away, see Figure5(b) After Phase 2
         // (Merge phase) in the Bitonic Top K paper referenced above.
         // For example, the paper shows we only need to output the orange bars.
         // The output sequence should look like this | | | | | | | |.
         // Because the sequence is halved, to map the output index back
         // to the previous sequence to find the corresponding value,
         // we need to double the index. When we double the index,
         // we basically interpolate a position, so 2i looks like
         // | _ | _ | _ | _ | _ | _ | _. We move the | to the first k position
         // of each 2k positions by - elemIdx % k. E.g. for output at
         // index 4,5,6,7, we want to get the corresponding element at
         // original index 8,9,10,11, for output at index 8,9,10,11,
         // we want to get the corresponding element at original index
         // 16,17,18,19, so on and so forth.

         int i = elemIdx < k ? elemIdx : (elemIdx * 2 - imod(elemIdx, k));
         int i0 = firstPass == 1 ? i : int(getIndices(batch, i));
         int i1 = firstPass == 1 ? i + k : int(getIndices(batch, i + k));

         float x0 = getX(batch, i0);
         float x1 = i1 < n ? getX(batch, i1) : x0;

         setOutput(x0 >= x1 ? float(i0) : float(i1));
       }
     `}}function ge(n,e){e!==null&&n.disposeIntermediateTensorInfo(e)}function Gn(n){let e=1;for(;e<n;)e*=2;return e}function Xb(n){const{inputs:e,backend:t,attrs:s}=n,{x:o}=e,{k:a,sorted:r}=s,c=b().getNumber("TOPK_LAST_DIM_CPU_HANDOFF_SIZE_THRESHOLD"),i=b().getNumber("TOPK_K_CPU_HANDOFF_THRESHOLD"),u=o.shape,l=u[u.length-1];if(t.shouldExecuteOnCPU([o])||l<c||a>i){const k=t.readSync(o.dataId),[F,_]=Kl(k,u,o.dtype,a,r);return[t.makeTensorInfo(F.shape,F.dtype,F.values),t.makeTensorInfo(_.shape,_.dtype,_.values)]}if(a===0)return u[u.length-1]=0,[t.makeTensorInfo(u,o.dtype,[]),t.makeTensorInfo(u,"int32",[])];if(l===1)return[o,ot({attrs:{shape:u,dtype:"int32",value:0},backend:t})];const d=t.texData.get(o.dataId),p=d!==null&&d.isPacked,h=p?t.unpackTensor(o):o,x=E(u)/l,g=y({inputs:{x:h},attrs:{shape:[x,l]},backend:t});p&&ge(t,h);const m=Gn(a),C=Gn(l);let $=null;const v=()=>$===null?[g,g]:[g,$],R=(k,F,_)=>{const oe=v(),H=new zb(_),J=[[l],[$===null?1:0],[Number.NEGATIVE_INFINITY],[k],[F]],ee=$;$=t.runWebGLProgram(H,oe,"int32",J),ge(t,ee)};for(let k=1;k<m;k*=2){const F=k*2;for(let _=k;_>=1;_/=2)R(F,_,[x,C])}for(let k=C;k>m;k/=2){const F=v(),_=new Hb([x,k/2]),H=[[l],[$===null?1:0],[m]],j=$;$=t.runWebGLProgram(_,F,"int32",H),ge(t,j);const J=m/2,ee=J*2;for(let U=J;U>=1;U/=2)R(ee,U,$.shape)}let N=$;$=Me({inputs:{x:$},backend:t,attrs:{begin:0,size:[x,a]}}),ge(t,N);let I=go({inputs:{x:g,indices:$},backend:t,attrs:{axis:1,batchDims:1}});ge(t,g);const S=u.slice(0,-1);S.push(a),N=$,$=y({inputs:{x:$},attrs:{shape:S},backend:t}),ge(t,N);const O=I;return I=y({inputs:{x:I},attrs:{shape:S},backend:t}),ge(t,O),[I,$]}const Kb={kernelName:ji,backendName:"webgl",kernelFunc:Xb};class jb{constructor(e,t,s,o,a,r){this.variableNames=["Image","Transforms"],this.outputShape=r;const c=s==="nearest"?1:2;let i;switch(o){case"constant":i=1;break;case"reflect":i=2;break;case"wrap":i=3;break;case"nearest":i=4;break;default:i=1;break}this.userCode=`
            float mapCoord(float outCoord, float len) {
              float inCoord = outCoord;
              if(${i} == 2) {
                if (inCoord < 0.0) {
                  if (len <= 1.0) {
                    inCoord = 0.0;
                  } else {
                    float sz2 = 2.0 * len;
                    if (inCoord < sz2) {
                      inCoord = sz2 * float(int(float(-inCoord / sz2))) +
                      inCoord;
                    }
                    inCoord = inCoord < -len ? inCoord + sz2 : -inCoord - 1.0;
                  }
                } else if (inCoord > len - 1.0) {
                  if (len <= 1.0) {
                    inCoord = 0.0;
                  } else {
                    float sz2 = 2.0 * len;
                    inCoord -= sz2 * float(int(float(inCoord / sz2)));
                    if (inCoord >= len) {
                      inCoord = sz2 - inCoord - 1.0;
                    }
                  }
                }
                return clamp(inCoord, 0.0, len - 1.0);
              } else if (${i} == 3) {
                if (inCoord < 0.0) {
                  if (len <= 1.0) {
                    inCoord = 0.0;
                  } else {
                    float sz = len - 1.0;
                    inCoord += len * (float(int(float(-inCoord / sz))) + 1.0);
                  }
                } else if (inCoord > len - 1.0) {
                  if (len <= 1.0) {
                    inCoord = 0.0;
                  } else {
                    float sz = len - 1.0;
                    inCoord -= len * float(int(float(inCoord / sz)));
                  }
                }
                return clamp(inCoord, 0.0, len - 1.0);
              } else if (${i} == 4) {
                return clamp(outCoord, 0.0, len - 1.0);
              } else {
                return outCoord;
              }
            }

            float readWithFillValue(int batch, int coordY, int coordX,
              int channel) {
              float outputValue;
              if (0 <= coordY && coordY < ${e} && 0 <= coordX && coordX < ${t}) {
                  outputValue = getImage(batch, coordY, coordX, channel);
              } else {
                outputValue = float(${a});
              }
              return outputValue;
            }

            void main() {
              ivec4 coords = getOutputCoords();
              float outputValue;
              int batch = coords[0];
              int x = coords[2];
              int y = coords[1];
              int channel = coords[3];
              float xf = float(x);
              float yf = float(y);
              float a1 = getTransforms(batch, 0);
              float a2 = getTransforms(batch, 1);
              float a3 = getTransforms(batch, 2);
              float b1 = getTransforms(batch, 3);
              float b2 = getTransforms(batch, 4);
              float b3 = getTransforms(batch, 5);
              float c1 = getTransforms(batch, 6);
              float c2 = getTransforms(batch, 7);
              float projection = c1 * xf + c2 * yf + 1.0;
              if (projection == 0.0) {
                outputValue = float(${a});
              } else {
                float inX = (a1 * xf + a2 * yf + a3) / projection;
                float inY = (b1 * xf + b2 * yf + b3) / projection;
                float mapX = mapCoord(inX, float(${t}));
                float mapY = mapCoord(inY, float(${e}));

                if (${c} == 1) {
                  int coordY = int(round(mapY));
                  int coordX = int(round(mapX));
                  outputValue = readWithFillValue(batch, coordY, coordX,
                    channel);
                } else {
                  float yFloor = floor(mapY);
                  float xFloor = floor(mapX);
                  float yCeil = yFloor + 1.0;
                  float xCeil = xFloor + 1.0;
                  float valueYFloor = (xCeil - mapX) *
                  readWithFillValue(batch, int(yFloor), int(xFloor), channel) +
                  (mapX - xFloor) *
                  readWithFillValue(batch, int(yFloor), int(xCeil), channel);
                  float valueYCeil = (xCeil - mapX) *
                  readWithFillValue(batch, int(yCeil), int(xFloor), channel) +
                  (mapX - xFloor) *
                  readWithFillValue(batch, int(yCeil), int(xCeil), channel);
                  outputValue = (yCeil - mapY) * valueYFloor +
                  (mapY - yFloor) * valueYCeil;
                }
              }
              setOutput(outputValue);
            }
        `}}function qb(n){const{inputs:e,backend:t,attrs:s}=n,{image:o,transforms:a}=e,{interpolation:r,fillMode:c,fillValue:i,outputShape:u}=s,[l,d,p,h]=o.shape,[f,x]=u??[d,p],g=[l,f,x,h],m=new jb(d,p,r,c,i,g);return t.runWebGLProgram(m,[o,a],"float32")}const Yb={kernelName:qi,backendName:"webgl",kernelFunc:qb};function Qb(n){const{inputs:e,attrs:t,backend:s}=n,{axis:o}=t,{x:a}=e;Fe(a,"unique"),console.warn("WARNING: ","UI might be locked temporarily as data is being downloaded");const r=s.readSync(a.dataId),{outputValues:c,outputShape:i,indices:u}=jl(r,o,a.shape,a.dtype);return[s.makeTensorInfo(i,a.dtype,c),s.makeTensorInfo([u.length],"int32",u)]}const Jb={kernelName:Yi,backendName:"webgl",kernelFunc:Qb};function Zb(n){const{inputs:e,backend:t,attrs:s}=n,{value:o}=e;let{axis:a}=s;a<0&&(a+=o.shape.length);const r=o,c=r.shape.length,i=o.shape[a],u=new Array(c-1);let l=0;for(let x=0;x<c;x++)x!==a&&(u[l++]=r.shape[x]);const d=[],p=new Array(c).fill(0),h=r.shape.slice();h[a]=1;const f=new Array(i);for(let x=0;x<f.length;x++){p[a]=x;const g=Me({inputs:{x:r},backend:t,attrs:{begin:p,size:h}}),m=y({inputs:{x:g},backend:t,attrs:{shape:u}});f[x]=m,d.push(g)}return d.forEach(x=>t.disposeIntermediateTensorInfo(x)),f}const ev={kernelName:Qi,backendName:"webgl",kernelFunc:Zb};class tv{constructor(e,t){this.variableNames=["x","segmentIds"];const s=e.windowSize,o=e.batchSize,a=e.inSize,r=e.numSegments,c=r*Math.ceil(a/s);this.outputShape=[o,c];const i="0.0",u="sumValue",l=Math.floor(s/4)*4,d=s%4,p=`
        sumValue += dot(values, segFilter);
    `;let h="";a%s>0&&(h=`
        if (inIdx < 0 || inIdx >= ${a}) {
          return initializationValue;
        }
      `);let f="";a%s>0&&(f=`
        if (inIdx < 0 || inIdx >= ${a}) {
          return -1.0;
        }
      `),this.userCode=`
      const float initializationValue = ${i};

      float getValue(int batch, int inIdx) {
        ${h}
        return getX(batch, inIdx);
      }

      float getSegmentIdAtIndex(int inIdx) {
        ${f}
        return getSegmentIds(inIdx);
      }

      void main() {
        ivec2 coords = getOutputCoords();
        int batch = coords[0];
        int outIdx = coords[1];
        int inOffset = int(floor(float(outIdx) / float(
          ${r})) * float(${s}));
        int currentSeg = int(mod(float(outIdx), float(${r})));

        float sumValue = 0.0;

        for (int i = 0; i < ${l}; i += 4) {
          int inIdx = inOffset + i;
          vec4 values = vec4(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            getValue(batch, inIdx + 2),
            getValue(batch, inIdx + 3)
          );

          vec4 segFilter = vec4(
            int(getSegmentIdAtIndex(inIdx)) == currentSeg ? 1 : 0,
            int(getSegmentIdAtIndex(inIdx + 1)) == currentSeg ? 1 : 0,
            int(getSegmentIdAtIndex(inIdx + 2)) == currentSeg ? 1 : 0,
            int(getSegmentIdAtIndex(inIdx + 3)) == currentSeg ? 1 : 0
          );

          ${p}
        }

        int inIdx = inOffset + ${l};
        if (${d===1}) {
          vec4 values = vec4(
            getValue(batch, inIdx),
            initializationValue,
            initializationValue,
            initializationValue
          );

          int inIdxSeg = int(getSegmentIdAtIndex(inIdx));

          vec4 segFilter = vec4(
            int(getSegmentIdAtIndex(inIdx)) == currentSeg ? 1 : 0,
            0,
            0,
            0
          );

          ${p}
        } else if (${d===2}) {
          vec4 values = vec4(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            initializationValue,
            initializationValue
          );

          vec4 segFilter = vec4(
            int(getSegmentIdAtIndex(inIdx)) == currentSeg ? 1 : 0,
            int(getSegmentIdAtIndex(inIdx + 1)) == currentSeg ? 1 : 0,
              0,
              0
          );

          ${p}
        } else if (${d===3}) {
          vec4 values = vec4(
            getValue(batch, inIdx),
            getValue(batch, inIdx + 1),
            getValue(batch, inIdx + 2),
            initializationValue
          );

          vec4 segFilter = vec4(
            int(getSegmentIdAtIndex(inIdx)) == currentSeg ? 1 : 0,
            int(getSegmentIdAtIndex(inIdx + 1)) == currentSeg ? 1 : 0,
            int(getSegmentIdAtIndex(inIdx + 2)) == currentSeg ? 1 : 0,
            0
          );

          ${p}
        }
        setOutput(${u});
      }
    `}}function nv(n){const{inputs:e,backend:t,attrs:s}=n,{x:o,segmentIds:a}=e,{numSegments:r}=s,c=o.shape.length,i=[];let u=0;const l=ne([u],c);let d=o;l!=null&&(d=M({inputs:{x:o},backend:t,attrs:{perm:l}}),i.push(d),u=se(1,c)[0]);const p=Nc(d.shape,u,r),h=E([d.shape[u]]),f=y({inputs:{x:d},backend:t,attrs:{shape:[-1,h]}});i.push(f);const x=zt(o.dtype),g=(v,R,N,I,S)=>{const O=v.shape[0],k=v.shape[1],F=Ec(k,S),_={windowSize:F,inSize:k,batchSize:O,numSegments:S},oe=new tv(_,R),H=t.compileAndRun(oe,[v,N],I);if(i.push(H),H.shape[1]===S)return H;const j=wo({backend:t,attrs:{start:0,stop:S,step:1,dtype:"float32"}}),J=So({inputs:{x:j},backend:t,attrs:{reps:[k/F]}});return i.push(j),i.push(J),g(H,R,J,I,S)},m=g(f,"unsortedSegmentSum",a,x,r),C=y({inputs:{x:m},backend:t,attrs:{shape:p}});let $=C;if(l!=null){i.push(C);const v=Jn(l);$=M({inputs:{x:$},backend:t,attrs:{perm:v}})}return i.forEach(v=>t.disposeIntermediateTensorInfo(v)),$}const sv={kernelName:Ji,backendName:"webgl",kernelFunc:nv};const ov=[Ud,Md,Hd,jd,Yd,Zd,tp,sp,ip,up,pp,mp,Cp,Rp,Sp,Ip,Ep,Pp,Fp,Lp,Wp,jp,Yp,eh,nh,ch,lh,fh,yd,gh,Rh,Th,Ah,Fh,Lh,Vh,Wh,Hh,jh,Qh,Zh,tf,sf,rf,uf,hf,mf,Cf,$f,yf,If,Of,Ff,Bf,Wf,Mf,zf,Xf,jf,Yf,Jf,nm,am,cm,lm,hm,xm,vm,wm,Rd,Tm,vh,Em,Am,Fm,Sd,Vm,Gm,Hm,qm,Jm,nx,ax,ux,hx,xx,Cx,Rx,wx,Tx,kx,Ax,Dx,_x,Bx,Mx,Xx,Yx,og,Nd,cg,dg,fg,gg,oh,vg,Rg,wg,Ig,Og,Id,Pg,Fg,Lg,Vg,Ug,ah,eg,Gg,Kg,Qg,kd,tC,oC,cC,dC,mC,gC,vC,yC,TC,EC,AC,FC,VC,MC,XC,qC,Xp,ng,JC,eb,nb,ob,rb,cb,lb,pb,fb,gb,bb,$b,yb,Tb,Nb,kb,Ab,tg,Ld,Fb,Bb,Ub,Gb,Kb,Yb,Bd,Jb,ev,sv,$g];for(const n of ov)Zi(n);export{kt as GPGPUContext,wt as MathBackendWebGL,$d as forceHalfFloat,pv as gpgpu_util,qc as setWebGLContext,hv as version_webgl,fv as webgl,dv as webgl_util};
